//! What the pages say, in both languages.

use crate::retrieve::{Answerable, CorrectionKind};
use crate::text::Language;

/// The words of one language.
pub(super) struct Words {
    /// The language.
    pub(super) language: Language,
    /// Its tag for the whole page.
    pub(super) tag: &'static str,
    pub(super) name: &'static str,
    pub(super) motto: &'static str,
    pub(super) skip: &'static str,
    pub(super) search: &'static str,
    pub(super) search_label: &'static str,
    pub(super) placeholder: &'static str,
    pub(super) interface: &'static str,
    pub(super) filters: &'static str,
    pub(super) scope: &'static str,
    pub(super) passages: &'static str,
    pub(super) references: &'static str,
    pub(super) language_of_text: &'static str,
    pub(super) any: &'static str,
    pub(super) chinese: &'static str,
    pub(super) english: &'static str,
    pub(super) status: &'static str,
    pub(super) api: &'static str,
    pub(super) contents: &'static str,
    pub(super) abstract_title: &'static str,
    pub(super) introduction: &'static str,
    pub(super) authors: &'static str,
    pub(super) affiliations: &'static str,
    pub(super) journal: &'static str,
    pub(super) keywords: &'static str,
    pub(super) corresponding: &'static str,
    pub(super) date: &'static str,
    pub(super) pages: &'static str,
    pub(super) article_number: &'static str,
    pub(super) clc: &'static str,
    pub(super) document_code: &'static str,
    pub(super) notes: &'static str,
    pub(super) more_about: &'static str,
    pub(super) search_inside: &'static str,
    pub(super) cited_at: &'static str,
    pub(super) citing_passages: &'static str,
    pub(super) not_cited: &'static str,
    pub(super) read_in_place: &'static str,
    pub(super) listed_in: &'static str,
    pub(super) also_listed_in: &'static str,
    pub(super) cited_work: &'static str,
    pub(super) container: &'static str,
    pub(super) publisher: &'static str,
    pub(super) year: &'static str,
    pub(super) kind: &'static str,
    pub(super) previous: &'static str,
    pub(super) next: &'static str,
    pub(super) paging: &'static str,
    pub(super) in_article: &'static str,
    pub(super) remove: &'static str,
    pub(super) nothing: &'static str,
    pub(super) tried: &'static str,
    pub(super) perhaps: &'static str,
    pub(super) also_called: &'static str,
    pub(super) advice: &'static str,
    pub(super) advice_list: [&'static str; 3],
    pub(super) articles: &'static str,
    pub(super) chinese_passages: &'static str,
    pub(super) english_passages: &'static str,
    pub(super) indexed: &'static str,
    pub(super) built_at: &'static str,
    pub(super) generation: &'static str,
    pub(super) size: &'static str,
    pub(super) files: &'static str,
    pub(super) faults: &'static str,
    pub(super) faults_by_file: &'static str,
    pub(super) no_faults: &'static str,
    pub(super) faults_advice: &'static str,
    pub(super) version: &'static str,
    pub(super) file: &'static str,
    pub(super) back_to_search: &'static str,
    pub(super) source_file: &'static str,
    pub(super) and_others: &'static str,
    pub(super) separator: &'static str,
}

const ZH: Words = Words {
    language: Language::Zh,
    tag: "zh-Hans",
    name: "文渊",
    motto: "双语学术段落检索",
    skip: "跳到正文",
    search: "检索",
    search_label: "检索语料库",
    placeholder: "词语、问题、拼音或缩写",
    interface: "界面语言",
    filters: "筛选",
    scope: "检索范围",
    passages: "段落",
    references: "参考文献",
    language_of_text: "文本语言",
    any: "不限",
    chinese: "中文",
    english: "英文",
    status: "状态",
    api: "接口",
    contents: "目录",
    abstract_title: "摘要",
    introduction: "引言",
    authors: "作者",
    affiliations: "单位",
    journal: "期刊",
    keywords: "关键词",
    corresponding: "通信作者",
    date: "出版日期",
    pages: "页码",
    article_number: "文章编号",
    clc: "中图分类号",
    document_code: "文献标识码",
    notes: "附注",
    more_about: "文章信息",
    search_inside: "在本文中检索",
    cited_at: "引用处",
    citing_passages: "引用它的段落",
    not_cited: "正文中没有引用。",
    read_in_place: "在原文中阅读",
    listed_in: "所在文章",
    also_listed_in: "同一文献也见于",
    cited_work: "被引文献",
    container: "出处",
    publisher: "出版者",
    year: "年份",
    kind: "文献类型",
    previous: "上一页",
    next: "下一页",
    paging: "分页",
    in_article: "仅限文章",
    remove: "取消",
    nothing: "没有找到相符的段落",
    tried: "已检索",
    perhaps: "您要找的是不是",
    also_called: "另一语言中的对应词",
    advice: "可以试试",
    advice_list: ["减少词语,或换一种说法", "不限文本语言,取消其他筛选", "改为检索参考文献"],
    articles: "文章",
    chinese_passages: "中文段落",
    english_passages: "英文段落",
    indexed: "已收录",
    built_at: "索引时间",
    generation: "索引版次",
    size: "索引大小",
    files: "文件",
    faults: "语料问题",
    faults_by_file: "有问题的文件",
    no_faults: "没有发现问题。",
    faults_advice: "运行 wenyuan check 可看到每一处的文件、行号和原因。",
    version: "程序版本",
    file: "文件",
    back_to_search: "返回检索",
    source_file: "来源文件",
    and_others: "等",
    separator: "、",
};

const EN: Words = Words {
    language: Language::En,
    tag: "en",
    name: "Wenyuan",
    motto: "Bilingual passage search over scholarly articles",
    skip: "Skip to the text",
    search: "Search",
    search_label: "Search the corpus",
    placeholder: "Words, a question, pinyin or an abbreviation",
    interface: "Language of the pages",
    filters: "Filters",
    scope: "Search in",
    passages: "Passages",
    references: "References",
    language_of_text: "Language of the text",
    any: "Any",
    chinese: "Chinese",
    english: "English",
    status: "Status",
    api: "API",
    contents: "Contents",
    abstract_title: "Abstract",
    introduction: "Introduction",
    authors: "Authors",
    affiliations: "Affiliations",
    journal: "Journal",
    keywords: "Keywords",
    corresponding: "Corresponding author",
    date: "Published",
    pages: "Pages",
    article_number: "Article number",
    clc: "CLC number",
    document_code: "Document code",
    notes: "Notes",
    more_about: "About the article",
    search_inside: "Search inside this article",
    cited_at: "Cited at",
    citing_passages: "Passages that cite it",
    not_cited: "It is not cited in the text.",
    read_in_place: "Read in place",
    listed_in: "Listed in",
    also_listed_in: "The same work is also listed in",
    cited_work: "Cited work",
    container: "In",
    publisher: "Publisher",
    year: "Year",
    kind: "Kind of work",
    previous: "Previous",
    next: "Next",
    paging: "Pages of results",
    in_article: "Only in",
    remove: "Remove",
    nothing: "No passage matches",
    tried: "Looked for",
    perhaps: "Did you mean",
    also_called: "In the other language",
    advice: "You could",
    advice_list: [
        "use fewer words, or other ones",
        "allow any language and remove other filters",
        "search the references instead",
    ],
    articles: "articles",
    chinese_passages: "Chinese passages",
    english_passages: "English passages",
    indexed: "Indexed",
    built_at: "Indexed at",
    generation: "Generation of the index",
    size: "Size of the index",
    files: "Files",
    faults: "Faults of the corpus",
    faults_by_file: "Files with faults",
    no_faults: "None was found.",
    faults_advice: "Run wenyuan check to see each with its file, line and reason.",
    version: "Version",
    file: "File",
    back_to_search: "Back to the search",
    source_file: "Source file",
    and_others: "et al.",
    separator: ", ",
};

impl Words {
    /// The words of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::Zh => &ZH,
            Language::En => &EN,
        }
    }

    /// How many hits there are.
    pub(super) fn found(&self, total: usize) -> String {
        match (self.language, total) {
            (Language::Zh, _) => format!("{total} 条结果"),
            (Language::En, 1) => "1 result".to_owned(),
            (Language::En, _) => format!("{total} results"),
        }
    }

    /// How many references a passage cites.
    pub(super) fn cites(&self, count: usize) -> String {
        match (self.language, count) {
            (Language::Zh, _) => format!("参考文献 {count} 条"),
            (Language::En, 1) => "1 reference".to_owned(),
            (Language::En, _) => format!("{count} references"),
        }
    }

    /// How many passages cite a reference.
    pub(super) fn cited_by(&self, count: usize) -> String {
        match (self.language, count) {
            (Language::Zh, _) => format!("{count} 个段落引用"),
            (Language::En, 1) => "cited by 1 passage".to_owned(),
            (Language::En, _) => format!("cited by {count} passages"),
        }
    }

    /// What can be hoped for from the hits; nothing where they answer.
    pub(super) fn answerable(&self, answerable: Answerable) -> Option<&'static str> {
        match (self.language, answerable) {
            (_, Answerable::Yes) => None,
            (Language::Zh, Answerable::Weak) => Some("只找到相近的内容,未必能回答。"),
            (Language::Zh, Answerable::No) => Some("语料库中没有能回答的段落,下面的结果仅供参考。"),
            (Language::En, Answerable::Weak) => Some("Only something near was found; it may not answer."),
            (Language::En, Answerable::No) => {
                Some("Nothing in the corpus answers this; the results below only share words with it.")
            }
        }
    }

    /// What kind of slip was put right.
    pub(super) fn read_as(&self, kind: CorrectionKind) -> &'static str {
        match (self.language, kind) {
            (Language::Zh, CorrectionKind::Pinyin) => "已按拼音理解为",
            (Language::Zh, CorrectionKind::Spelling) => "已按相近拼写理解为",
            (Language::Zh, CorrectionKind::Homophone) => "已按同音或形近字理解为",
            (Language::En, CorrectionKind::Pinyin) => "Read as pinyin for",
            (Language::En, CorrectionKind::Spelling) => "Read with its spelling put right as",
            (Language::En, CorrectionKind::Homophone) => "Read with a mistaken character put right as",
        }
    }

    /// The number of a page.
    pub(super) fn page(&self, number: usize) -> String {
        match self.language {
            Language::Zh => format!("第 {number} 页"),
            Language::En => format!("Page {number}"),
        }
    }
}
