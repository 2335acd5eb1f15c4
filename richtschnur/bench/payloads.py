"""Words that try to become more than words: markup, scripts, formulas, headers, directions.

Written for this product. Each that can run sets `hit`, opens a dialog or asks another host; where a
page takes one for anything but words, a browser tells (`bench.hostile_browser`).
"""

from __future__ import annotations

from typing import Final

ELSEWHERE: Final = "elsewhere.invalid"
PRODUCT: Final = "9801547"  # what a template engine makes of 1337 times 7331
MARKUP: Final = (
    "<script>hit=1</script>",
    "<ScRiPt >hit=1</sCrIpT >",
    "<script src=//elsewhere.invalid/a.js></script>",
    "<scr<script>ipt>hit=1</scr</script>ipt>",
    "</textarea><script>hit=1</script>",
    "</title><script>hit=1</script>",
    "</script><script>hit=1</script>",
    "--><script>hit=1</script><!--",
    "]]><script>hit=1</script>",
    "<img src=x onerror=hit=1>",
    "<img src=//elsewhere.invalid/a.png>",
    '"><img src=x onerror="hit=1">',
    "'><img src=x onerror='hit=1'>",
    "`><img src=x onerror=hit=1>",
    "<svg onload=hit=1>",
    "<svg><script>hit=1</script></svg>",
    "<svg><animate onbegin=hit=1 attributeName=x dur=1s>",
    "<math><mtext></p><img src=x onerror=hit=1></mtext></math>",
    "<details open ontoggle=hit=1><summary>x</summary></details>",
    "<input autofocus onfocus=hit=1>",
    "<video><source onerror=hit=1></video>",
    "<body onload=hit=1>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "<iframe src=javascript:parent.hit=1></iframe>",
    "<object data='data:text/html,<script>parent.hit=1</script>'></object>",
    "<embed src='//elsewhere.invalid/a.swf'>",
    "<base href=//elsewhere.invalid/>",
    "<meta http-equiv=refresh content='0;url=//elsewhere.invalid/'>",
    "<link rel=stylesheet href=//elsewhere.invalid/a.css>",
    "<style>*{background:url(//elsewhere.invalid/b)}</style>",
    "<p style='background:url(//elsewhere.invalid/c)'>x</p>",
    "<form action=javascript:hit=1><button autofocus>x</button></form>",
    "<a href='javascript:hit=1'>x</a>",
    "<a href='data:text/html,<script>hit=1</script>'>x</a>",
    "<template><script>hit=1</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=hit=1>'></noscript>",
)
ATTRIBUTES: Final = (
    '" onmouseover="hit=1" autofocus onfocus="hit=1" x="',
    "' onmouseover='hit=1' autofocus onfocus='hit=1' x='",
    " onfocus=hit=1 autofocus ",
    "'-alert(1)-'",
    '"-alert(1)-"',
    "${alert(1)}`-alert(1)-`",
)
ADDRESSES: Final = (
    "javascript:hit=1",
    "JaVaScRiPt:hit=1",
    "java\tscript:hit=1",
    "data:text/html;base64,PHNjcmlwdD5oaXQ9MTwvc2NyaXB0Pg==",
    "vbscript:hit=1",
    "[click](javascript:hit=1)",
    "![x](//elsewhere.invalid/d.png)",
    "[x]: javascript:hit=1\n\n[x]",
    "<javascript:hit=1>",
)
TEMPLATES: Final = (
    "{{ 1337|mul:7331 }}{{ 1337*7331 }}{% debug %}",
    "${1337*7331}#{1337*7331}<%= 1337*7331 %>",
    "{{constructor.constructor('hit=1')()}}",
    "%(county)s %s %n {0} {title.__class__}",
)
ENTITIES: Final = (
    "&lt;script&gt;hit=1&lt;/script&gt;",
    "&#60;script&#62;hit=1&#60;/script&#62;",
    "\\u003cscript\\u003ehit=1\\u003c/script\\u003e",
    "%3Cscript%3Ehit=1%3C/script%3E",
    "\uff1cscript\uff1ehit=1\uff1c/script\uff1e",
    "+ADw-script+AD4-hit=1+ADw-/script+AD4-",
)
DIRECTIONS: Final = (
    "\u202e<script>hit=1</script>\u202c",
    "abc\u2066\u202etxt.exe\u2069",
    "\u200f\u061c",
)
FORMULAS: Final = (
    "=cmd|' /C calc'!A0",
    "+1337*7331",
    "-1337*7331",
    "@SUM(1337*7331)",
    '=HYPERLINK("http://elsewhere.invalid/","x")',
    '\t=IMPORTXML("http://elsewhere.invalid/","//a")',
)
HEADERS: Final = (
    "x\r\nBcc: victim@elsewhere.invalid",
    "x\nContent-Type: text/html\n\n<script>hit=1</script>",
    "=?utf-8?q?=3Cscript=3Ehit=3D1=3C/script=3E?=",
)
WORDS: Final = (
    *MARKUP,
    *ATTRIBUTES,
    *ADDRESSES,
    *TEMPLATES,
    *ENTITIES,
    *DIRECTIONS,
    *FORMULAS,
    *HEADERS,
)
FIELDS: Final = (
    "text",
    "suggestion",
    "name",
    "organisation",
    "file",
    "answer",
    "remark",
    "speaker",
    "report",
    "reporter",
    "entry",
    "subject",
    "from",
    "mail",
    "mailfile",
)


def mark(field: str) -> str:
    """By what the words of one field are known again on a page."""
    return f"zq{FIELDS.index(field):02}qz"


def words(field: str, number: int, longest: int = 0) -> str:
    """The number-th try for this field, with its mark; each field begins at another place."""
    found = WORDS[(number + 7 * FIELDS.index(field)) % len(WORDS)]
    return f"{found[: longest - 8] if longest else found} {mark(field)}"


def file_name(number: int) -> str:
    """As a name of an attachment: without what ends a name on the way."""
    return f"{words('file', number, 90)}.txt".replace("\r", "").replace("\n", "")


def line(field: str, number: int, longest: int = 190) -> str:
    """In one line, as a field of a form holds it."""
    return " ".join(words(field, number, longest).split("\n")).replace("\r", " ")
