//! Characters that look alike: taken for one another by a writer in a hurry, by OCR, and by shape-based input methods.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Sets of characters of similar shape, compiled by hand from what writing guides warn of.
const SETS: &str = "\
己已巳 未末 士土 日曰 人入八 大太犬 天夫无 干千于 王玉主 午牛 矢失 戊戍戌成 田由甲申电 刀力刁 九丸 几凡 \
兵乒乓 白自 目且 木本术 今令 免兔 问间 侯候 历厉 辨辩辫瓣 折拆析 拔拨 栗粟 幻幼 没设 沫沬 冶治 泠冷 准淮 \
壁璧 徒徙 竟竞 赢羸嬴 肓盲 茶荼 祟崇 晴睛 情清请精 蓝篮 密蜜 待侍持 诗恃 祖组阻租 溃渍遗 疡疹 症证 癌嵒 \
炎淡 痰谈 胞抱饱泡炮 苞孢 脂指 脑恼 肺沛 肝肚 肾贤 膜模摸 瘤榴 脉咏 肠场 肢枝技 肌机饥 胰姨 腺线 腔控 胀账帐 \
腹复履 膝漆 臂臀 股般 胺铵 酸俊 酶梅 糖塘 粒拉 料科 粉纷 精睛 粘沾 染柒 梁粱 浆桨 染杂 \
基墓 其共 期朝 斯撕 质盾 贸货 贫贪 赏尝 贷货 费贵 资姿 损捐 员贝 则侧测 列例 别到 制刺 剂济挤 刊刑 创枪 \
伤仿 仅权 代伐 付仗 化比北 什计 价阶 份纷 伏优 任仁 休体 位拉 住往 作昨 佳住 供洪 使便 侵浸 信倍 修候 值植殖直 \
偏编遍 健键 储诸 像象 催摧 传转 检捡验 险俭 剑敛 波破坡 皮度 被披 疲波 彼波 \
析柝 枚牧 林材村 松柏 板版 枢抠 架驾 柱桂 标际 核该孩 根跟 格络 桥侨 栓拴 梯涕 棉绵 植值 椎推 楔揳 模膜 横黄 \
江红 汗汁 汤场 沉沈 河何 油抽 法怯 泄泻 沟钩 浅残线钱 测则 浓侬 浮俘 海悔 消削 涂途 液掖 混棍 渗惨 温湿 溢隘 溶熔镕榕 滤虑 滴摘 漏搂 漂飘 潜替 激缴 \
烧浇 烃经 焊悍 煤媒 燥躁澡噪 爆瀑暴 \
岩岸 矿扩 砂沙 砾铄 硅桂 硫流琉 碱减 磁滋 碳炭 磷鳞粼 础绌 研砚 破被 \
钙钓 铁轶 铅沿 铜桐 银很 锌辛 锰猛 镁美 钾钟 钠纳 铝侣 \
域城 塔搭 壤攘 坡披 坝贝 埋理 堆推 塑朔 墙樯 \
网冈 刚钢 纲岗 线钱 纹蚊 纤奸 级极 纯钝 组祖 细田 织职 终冬 经径 结洁 给拾 绝色 统充 续读 维唯 绿录 缓暖 编偏 缝逢 缩宿 缺决 \
讯迅 讨付 训驯 议仪 论伦 设没 访防 证征 评坪 识织 译泽择 试式 询旬 该核 详样 语悟 误娱 诱绣 调稠 谐偕 \
运达 远近 连莲 迁近 过达 逆塑 选先 透秀 递弟 通涌 速束 造浩 逐遂 遥谣 遗遣 避壁僻 \
阳阴 阵陈 降绛 限艰 陆击 除徐 隔融 隐稳 障章 \
闭闲 闻间 阀伐 阅悦 \
效郊 故敌 敏毓 数教 敷缴 \
眠眼 睑脸 瞳曈 \
药约 草革 荷何 菌茵 萄陶 蒸燕 薄簿 藻澡 蛋疍 蛛珠 蚀饰 融隔 蠕儒 \
表衷 衰哀 裂烈 装妆 补朴 袖抽 褐揭 \
跃妖 距拒 跨挎 踪综 \
轻经 轨执 转传 软吹 轴抽 较校 辐幅福 输愉 辑缉 \
酒洒 配酝 酯脂 醇淳 醛 \
雪雷 震振 霉莓 露霜 \
项顶 顺须 颈劲 频烦 颗棵 额客 \
风凤 饮欢 驱躯 骤聚 骨滑 鲜鳞 \
向问 吸级 呼乎 味昧 哮孝 唾睡 喉候 喂畏 嗅臭 \
困因 固因 围国 圆园 \
奖桨 妊任 娠振 孕乃 学字 宜宣 室宝 宫官 容客 宽莫 察擦 \
尿屎 层屋 屈届 \
巨臣 帽冒 常尝 幅福 \
弱溺 强虽 弧孤狐 \
径经 循徇 微徵 \
性牲姓 怖布 惰隋 愈俞 感惑 慢漫 \
扫归 抗坑杭 报极 抑仰 护炉 拌伴 抽袖 担但 择译 挫锉 振震 捕铺 排徘 控腔 推堆 措错借惜 描猫 提堤 插播 搏博膊 撞幢 操燥 \
早旱 昏婚 时对 显湿 晶昌 普昔 曝暴 暗音 \
朗郎 望忘 \
歧岐 残浅 段殷 毒每 毫亳 氛纷 氧痒 氢轻 \
状壮 独烛 狭峡侠 \
环坏 珠株 理埋 琴瑟 \
瓦互 瓶拼 生主 甘廿 用甩 \
番翻 疫役 病疴 痛桶 瘀淤 癣藓 \
盆盒 盐监 益盖 盗盔 \
神伸 票漂 禁楚 \
秀季 种钟 秒妙 积识 移侈 程呈 稀希 \
穿窄 突究 窗囱 \
竖坚 童章 端瑞湍 \
符苻 笔毛 等第 筋助 筛师 算葬 箱相 簇族 \
聚骤 联职 \
舌古 舱仓 船般 \
艾文 节芦 芽牙 苍仓 苗笛 \
虚虑 虫蛊 虹红 \
衍行 街衔 衡街 \
角用 解懈 触烛 \
谷合 豆豇 象像 豹貂 \
赤亦 走定 起超 越戉 趋趣 \
足促 身射 车东 辛幸 \
那哪 邻怜 部陪 郁都 \
金全 针叶 钻站 铺捕 链琏 锋蜂 错措 锥推 镜境 \
门们 难滩 集隼 雄推 \
青责 静净 非韭 面而 革草 韧韌刃 \
音章 响晌 颜额 题提";

static ALIKE: LazyLock<HashMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut alike: HashMap<char, Vec<char>> = HashMap::new();
    for set in SETS.split_whitespace() {
        for one in set.chars() {
            let others = alike.entry(one).or_default();
            for other in set.chars().filter(|&other| other != one) {
                if !others.contains(&other) {
                    others.push(other);
                }
            }
        }
    }
    alike
});

/// The characters that look like this one.
pub fn look_alikes(character: char) -> &'static [char] {
    ALIKE.get(&character).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::{SETS, look_alikes};

    #[test]
    fn look_alikes_are_mutual() {
        assert!(look_alikes('溃').contains(&'渍'));
        assert!(look_alikes('渍').contains(&'溃'));
        assert_eq!(look_alikes('己'), ['已', '巳']);
        assert!(look_alikes('a').is_empty());
        assert!(SETS.split_whitespace().count() >= 150);
    }
}
