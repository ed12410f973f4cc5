using static Workflows.Templates.Tests.Rendering;

namespace Workflows.Templates.Tests;

/// <summary>Every built-in function, mostly with the examples of its documentation.</summary>
public sealed class BuiltinTests
{
    [Theory]
    [InlineData("{{ [1, 2, 3] | array.add 4 }}", "[1, 2, 3, 4]")]
    [InlineData("{{ [1, 2, 3] | array.add_range [4, 5] }}", "[1, 2, 3, 4, 5]")]
    [InlineData("{{ [1, null, 3] | array.compact }}", "[1, 3]")]
    [InlineData("{{ [1, 2, 3] | array.concat [4, 5] }}", "[1, 2, 3, 4, 5]")]
    [InlineData("{{ for i in 1..4; array.cycle ['one', 'two', 'three']; ' '; end }}", "one two three one ")]
    [InlineData("{{ array.cycle ['a','b'] 'g' }}{{ array.cycle ['a','b'] }}{{ array.cycle ['a','b'] 'g' }}", "aab")]
    [InlineData("{{ [' hello', ' world', '20'] | array.any @string.contains '20' }} {{ [' hello'] | array.any @string.contains '30' }}", "true false")]
    [InlineData("{{ [' a', ' 5', '6 '] | array.each @string.strip }}", "[\"a\", \"5\", \"6\"]")]
    [InlineData("{{['', '200', '','400'] | array.filter @string.empty}}", "[\"\", \"\"]")]
    [InlineData("{{ [4, 5, 6] | array.first }} {{ [4, 5, 6] | array.last }} {{ [] | array.first }}|{{ [] | array.last }}", "4 6 |")]
    [InlineData("{{ ['a', 'b', 'c'] | array.insert_at 2 'Yo' }} {{ ['a'] | array.insert_at 2 'x' }}", "[\"a\", \"b\", \"Yo\", \"c\"] [\"a\", null, \"x\"]")]
    [InlineData("{{ [1, 2, 3] | array.join '|' }} {{ ['a','b'] | array.join '-' @string.upcase }}", "1|2|3 A-B")]
    [InlineData("{{ [4, 5, 6] | array.limit 2 }} {{ [4, 5, 6, 7, 8] | array.offset 2 }}", "[4, 5] [6, 7, 8]")]
    [InlineData("{{ p = [{t: 'orange', k: 'fruit'}, {t: 'computer', k: 'electronics'}, {t: 'sofa', k: 'furniture'}]; p | array.map 'k' | array.uniq | array.sort }}", "[\"electronics\", \"fruit\", \"furniture\"]")]
    [InlineData("{{ p = [{t: 'orange'}, {t: 'computer'}, {t: 'sofa'}]; p | array.sort 't' | array.map 't' }}", "[\"computer\", \"orange\", \"sofa\"]")]
    [InlineData("{{ [4, 5, 6, 7, 8] | array.remove_at 2 }} {{ [4, 5, 6, 7, 8] | array.remove_at (-1) }}", "[4, 5, 7, 8] [4, 5, 6, 7]")]
    [InlineData("{{ [4, 5, 6, 7] | array.reverse }} {{ [10, 2, 6] | array.sort }} {{ [1, 1, 4, 5, 8, 8] | array.uniq }}", "[7, 6, 5, 4] [2, 6, 10] [1, 4, 5, 8]")]
    [InlineData("{{ [1, 2, 3, 4] | array.contains 4 }} {{ ['a'] | array.contains 'b' }} {{ 1..3 | array.size }} {{ null | array.size }}", "true false 3 0")]
    public void Array(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{ \"Hel\\tlo\\n\\\"W\\\\orld\" | string.escape }}", "Hel\\tlo\\n\\\"W\\\\orld")]
    [InlineData("{{ 'Hello' | string.append ' World' }} {{ 'World' | string.prepend 'Hello ' }}", "Hello World Hello World")]
    [InlineData("{{ 'test' | string.capitalize }} {{ 'This is easy' | string.capitalizewords }} {{ 'TeSt' | string.downcase }} {{ 'test' | string.upcase }}", "Test This Is Easy test TEST")]
    [InlineData("{{ 'This is easy' | string.contains 'easy' }} {{ 'This is easy' | string.ends_with 'easy' }} {{ 'This is easy' | string.starts_with 'This' }}", "true true true")]
    [InlineData("{{ 'Scriban' | string.equals_ignore_case 'SCRIBAN' }} {{ '' | string.empty }} {{ ' ' | string.empty }} {{ '' | string.whitespace }}", "true true false true")]
    [InlineData("{{ 'Hello\\n\"World\"' | string.literal }}", "\"Hello\\n\\\"World\\\"\"")]
    [InlineData("{{ '   too many spaces' | string.lstrip }}|{{ '  x  ' | string.rstrip }}|{{ '  x  ' | string.strip }}|", "too many spaces|  x|x|")]
    [InlineData("{{ 1 | string.pluralize 'p' 'ps' }} {{ 0 | string.pluralize 'p' 'ps' }}", "p ps")]
    [InlineData("{{ 'Hello, world. Goodbye, world.' | string.remove 'world' }}", "Hello, . Goodbye, .")]
    [InlineData("{{ 'Hello, world. Goodbye, world.' | string.remove_first 'world' }}", "Hello, . Goodbye, world.")]
    [InlineData("{{ 'Hello, world. Goodbye, world.' | string.remove_last 'world' }}", "Hello, world. Goodbye, .")]
    [InlineData("{{ 'Hello, world. Goodbye, world.' | string.replace 'world' 'buddy' }}", "Hello, buddy. Goodbye, buddy.")]
    [InlineData("{{ 'a-b-c' | string.replace_first '-' '+' }} {{ 'a-b-c' | string.replace_first '-' '+' true }} {{ 'a-b' | string.replace_first '-' '+' fromEnd: true }}", "a+b-c a-b+c a+b")]
    [InlineData("{{ 'hello' | string.slice 0 }} {{ 'hello' | string.slice 1 }} {{ 'hello' | string.slice 1 3 }} {{ 'hello' | string.slice (-3) }} {{ 'hello' | string.slice 9 }}|", "hello ello ell llo |")]
    [InlineData("{{ 'hello' | string.slice1 0 }} {{ 'hello' | string.slice1 1 }} {{ 'hello' | string.slice1 1 length: 3 }}", "h e ell")]
    [InlineData("{{ for word in \"Hi, how are you today?\" | string.split ' ' ~}}\n{{ word }}\n{{ end ~}}", "Hi,\nhow\nare\nyou\ntoday?\n")]
    [InlineData("{{ \"This is a string.\\r\\n With \\nanother \\rstring\" | string.strip_newlines }}", "This is a string. With another string")]
    [InlineData("{{ '123' | string.to_int + 1 }} {{ '123678912345678' | string.to_long + 1 }} {{ '123.5' | string.to_float + 1 }} {{ '123.4' | string.to_double + 1 }} {{ 'x' | string.to_int }}|", "124 123678912345679 124.5 124.4 |")]
    [InlineData("{{ 'The cat came back the very next day' | string.truncate 13 }} {{ 'The cat came back' | string.truncate 9 '…' }}", "The cat ca... The cat …")]
    [InlineData("{{ 'The cat came back the very next day' | string.truncatewords 4 }} {{ 'a b' | string.truncatewords 4 }} {{ 'a b' | string.truncatewords 1 '' }}", "The cat came back... a b... a")]
    [InlineData("{{ 'test' | string.hmac_sha1 'secret' }}", "1aa349585ed7ecbd3b9c486a30067e395ca4b356")]
    [InlineData("{{ 'test' | string.hmac_sha256 'secret' }}", "0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914")]
    [InlineData("{{ 'test' | string.sha512 | string.slice 0 16 }} {{ 'test' | string.hmac_sha512 'secret' | string.slice 0 16 }}", "ee26b0dd4af7e749 f8a4f0a209167bc1")]
    [InlineData("hello{{ 'world' | string.pad_left 10 }} {{ 'hello' | string.pad_right 10 }}world", "hello     world hello     world")]
    [InlineData("{{ 'hello' | string.base64_encode }} {{ 'aGVsbG8=' | string.base64_decode }}", "aGVsbG8= hello")]
    [InlineData("{{ 'hello' | string.index_of 'l' 3 }} {{ 'hello' | string.index_of 'L' 0 5 'OrdinalIgnoreCase' }} {{ 'hello' | string.index_of 'o' count: 3 }}", "3 2 -1")]
    [InlineData("{{ null | string.upcase }}|{{ null | string.size }}|{{ null | string.append 'x' }}", "|0|x")]
    public void String(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{ -15.5| math.abs }} {{ -5| math.abs }} {{ 4.6 | math.ceil }} {{ 4.3 | math.floor }}", "15.5 5 5 4")]
    [InlineData("{{ 8.4 | math.divided_by 2.0 | math.round 1 }} {{ 8.4 | math.divided_by 2 }} {{ -7 | math.divided_by 2 }}", "4.2 4 -4")]
    [InlineData("{{ 255 | math.format 'X4' }} {{ 255 | math.is_number }} {{ 'yo' | math.is_number }} {{ 1234.5 | math.format 'N1' 'de-DE' }}", "00FF true false 1.234,5")]
    [InlineData("{{ 255 | math.minus 5}} {{ 11 | math.modulo 10}} {{ 1 | math.plus 2}} {{ 2 | math.times 3}}", "250 1 3 6")]
    [InlineData("{{ 4.6 | math.round }} {{ 4.3 | math.round }} {{ 4.5612 | math.round 2 }} {{ 3.5 | math.round }}", "5 4 4.56 4")]
    [InlineData("{{ math.random 3 4 }} {{ math.uuid | string.size }} {{ (math.random 1 10) < 10 }}", "3 36 true")]
    public void Math(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{ undefined_var | object.default 'Yo' }} {{ '' | object.default 'Yo' }} {{ ' ' | object.default 'Yo' }}|", "Yo Yo  |")]
    [InlineData("{{ '1 + 2' | object.eval }} {{ ('1 + 2' | object.eval) + 1 }} {{ 'This is {{ 1 + 2 }}' | object.eval_template }}", "3 4 This is 3")]
    [InlineData("{{ 255 | object.format 'X4' }} {{ 1523 | object.format 'N2' 'en-US' }}", "00FF 1,523.00")]
    [InlineData("{{ p = {title: 'Orange', type: 'fruit', none: null}; p | object.has_key 'title' }} {{ p | object.has_value 'none' }} {{ p | object.has_key 'none' }}", "true false true")]
    [InlineData("{{ p = {type: 'fruit', title: 'Orange'}; p | object.keys | array.sort }} {{ p | object.values | array.sort }} {{ p | object.size }} {{ [1,2,3] | object.size }} {{ 'ab' | object.size }}", "[\"title\", \"type\"] [\"fruit\", \"Orange\"] 2 3 2")]
    [InlineData("{{ null | object.typeof }}|{{ true | object.typeof }}|{{ 1.0 | object.typeof }}|{{ 1..5 | object.typeof }}|{{ {} | object.typeof }}|{{ object | object.typeof }}", "|boolean|number|iterator|object|object")]
    [InlineData("{{ true | object.kind }} {{ 1.0 | object.kind }} {{ 'text' | object.kind }} {{ 1..5 | object.kind }} {{ [1] | object.kind }} {{ {} | object.kind }} {{ 1m | object.kind }} {{ 3000000000 | object.kind }}", "bool double string range array object decimal long")]
    [InlineData("{{ o = `{ \"foo\": 123 }` | object.from_json; o.foo }} {{ { foo: 'bar', baz: [1, 2, 3] } | object.to_json }} {{ true | object.to_json }} {{ null | object.to_json }}", "123 {\"foo\":\"bar\",\"baz\":[1,2,3]} true null")]
    public void Object(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{ '(abc.*)' | regex.escape }} {{ \"\\\\(abc\\\\.\\\\*\\\\)\" | regex.unescape }}", "\\(abc\\.\\*\\) (abc.*)")]
    [InlineData("{{ 'this is a text123' | regex.match `(\\w+) a ([a-z]+\\d+)` }} {{ 'x' | regex.match 'y' }}", "[\"is a text123\", \"is\", \"text123\"] []")]
    [InlineData("{{ 'this is a text123' | regex.matches `(\\w+)` }}", "[[\"this\", \"this\"], [\"is\", \"is\"], [\"a\", \"a\"], [\"text123\", \"text123\"]]")]
    [InlineData("{{ 'abbbbcccd' | regex.replace 'b+c+' '-Yo-' }} {{ 'a, b   , c,    d' | regex.split `\\s*,\\s*` }}", "a-Yo-d [\"a\", \"b\", \"c\", \"d\"]")]
    [InlineData("{{ 'ABC' | regex.replace 'b' 'x' 'i' }} {{ 'a1' | regex.replace `([a-z])(\\d)` '$2$1' }} {{ 'aXbX' | regex.replace `X(?=b)` '-' }}", "AxC 1a a-bX")]
    [InlineData("{{ \"this is a text\" | regex.split `\\s+` }}", "[\"this\", \"is\", \"a\", \"text\"]")]
    public void Regex(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{ \"<p>This is a <b>x</b></p><script>y()</script><!-- z > --> &\" | html.strip }}", "This is a x &")]
    [InlineData("{{ \"<p>'a'</p>\" | html.escape }} {{ \"Hello\\r\\nworld\" | html.newline_to_br }}", "&lt;p&gt;&#39;a&#39;&lt;/p&gt; Hello<br />\r\nworld")]
    [InlineData("{{ 'john@liquid.com' | html.url_encode }} {{ '<hello> & <scriban>' | html.url_escape }}", "john%40liquid.com %3Chello%3E%20&%20%3Cscriban%3E")]
    public void Html(string template, string expected) => Assert.Equal(expected, Render(template));
}
