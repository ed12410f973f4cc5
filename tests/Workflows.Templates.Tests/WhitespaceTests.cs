using static Workflows.Templates.Tests.Rendering;

namespace Workflows.Templates.Tests;

/// <summary>Text, white-space control, indentation, escape blocks and comments; examples of the language reference, sections 1 and 2.</summary>
public sealed class WhitespaceTests
{
    [Theory]
    [InlineData("This is a <       \n{{- name}}> text", "This is a <foo> text")]
    [InlineData("This is a <{{ name -}} \n> text:       ", "This is a <foo> text:       ")]
    [InlineData("This is a <\n{{- name -}} \n> text:       ", "This is a <foo> text:       ")]
    [InlineData("a \t{{~ name ~}}\t \n\n b", "afoo\n b")]
    [InlineData("a\r\n  {{~ name ~}}  \r\n  b", "a\r\nfoo  b")]
    public void Strips_around_code(string template, string expected) => Assert.Equal(expected, Render(template, """{"name":"foo"}"""));

    [Fact]
    public void A_line_with_only_a_statement_disappears_and_keeps_the_indentation_of_its_neighbours() =>
        Assert.Equal(
            "<ul>\n    <li>Orange</li>\n    <li>Banana</li>\n</ul>\n",
            Render("<ul>\n    {{~ for product in products ~}}\n    <li>{{ product }}</li>\n    {{~ end ~}}\n</ul>\n", """{"products":["Orange","Banana"]}"""));

    [Theory]
    [InlineData("{%{Hello this is {{ name }}}%}", "Hello this is {{ name }}")]
    [InlineData("{%%{This is an escaped block: }%} here}%%}", "This is an escaped block: }%} here")]
    [InlineData("a  {%{- b -}%}  c", "a b c")]
    [InlineData("100% {not code} { {", "100% {not code} { {")]
    public void Escape_blocks_and_lone_braces_are_text(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{ a = \"1\\n2\\n3\\n\" ~}}\n   {{ a }}Hello", "   1\n   2\n   3\nHello")]
    [InlineData("{{ a = \"1\\n2\\n3\\n\" -}}\n   {{ a }}Hello", "1\n2\n3\nHello")]
    [InlineData("x\n  {{ if false }}y{{ end }}\nz", "x\n  \nz")]
    [InlineData("  {{ func f }}{{ end }}{{ a = \"p\\nq\" }}{{ a }}", "  p\nq")]
    [InlineData("{{ func x -}}\nx {{ $0 }}\n{\na\n}\n{{ end -}}\n{\n    {{ x 12 }}\n}\n", "{\n    x 12\n    {\n    a\n    }\n\n}\n")]
    public void Values_of_several_lines_keep_the_indentation_of_their_code_block(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{ 1 # one }}", "1")]
    [InlineData("{{ ## This \nis a multi\nline\ncomment ## }}", "")]
    [InlineData("{{ # only }}x", "x")]
    [InlineData("a {{- # trimmed -}} b", "ab")]
    [InlineData("{{ 1 ## a ## + ## b ## 2 }}", "3")]
    public void Comments_print_nothing(string template, string expected) => Assert.Equal(expected, Render(template));
}
