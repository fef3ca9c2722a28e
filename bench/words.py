"""Words for the peers that can't cut Chinese themselves: jieba's for Han, lower case and an English stem for the rest."""
import re

import rjieba
import Stemmer

RUN = re.compile(r"[㐀-鿿]+|[a-zA-Z0-9]+")
STEM = Stemmer.Stemmer("english")
STOP = set("a an and are as at be but by for from has have in into is it its no not of on or such that the their then there these they "
           "this to was were will with which who what how why when where do does did can".split()) | set(
           "的 了 在 是 和 与 及 或 有 为 以 对 由 从 到 把 被 也 都 而 其 于 个 这 那 之 等 中 并 不 上 下 吗 呢 什么 哪些 怎么 如何 为什么".split())


def words(text):
    """The words of a text in order."""
    cut = []
    for run in RUN.findall(text):
        if run[0] >= "㐀":
            cut.extend(rjieba.cut(run, False))
        else:
            cut.append(STEM.stemWord(run.lower()))
    return cut


def surfaces(text):
    """The same words as they are written, in pairs of (word, as written)."""
    for run in RUN.findall(text):
        if run[0] >= "㐀":
            for word in rjieba.cut(run, False):
                yield word, word
        else:
            yield STEM.stemWord(run.lower()), run
