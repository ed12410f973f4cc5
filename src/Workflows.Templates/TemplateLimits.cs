namespace Workflows.Templates;

/// <summary>
/// Bounds that no template can exceed. Reaching one is a <see cref="TemplateException"/> of kind <see cref="TemplateErrorKind.Limit"/>
/// with line and column.
/// </summary>
public sealed record TemplateLimits
{
    /// <summary>Characters of source accepted by <see cref="Template.Parse"/>.</summary>
    public int SourceLength { get; init; } = 500_000;

    /// <summary>How deep blocks, parentheses, arrays, objects and operators may be nested.</summary>
    public int NestingDepth { get; init; } = 200;

    /// <summary>Rounds of one loop; also the elements that a range may yield outside a loop.</summary>
    public int LoopIterations { get; init; } = 100_000;

    /// <summary>Rounds of all loops and calls of all functions in one rendering.</summary>
    public int Steps { get; init; } = 2_000_000;

    /// <summary>Functions, blocks and included templates that may be active at once.</summary>
    public int RecursionDepth { get; init; } = 100;

    /// <summary>Depth of nested arrays and objects when a value is printed or written as JSON; also stops a value that contains itself.</summary>
    public int ValueDepth { get; init; } = 20;

    /// <summary>Characters of output of one rendering.</summary>
    public int OutputLength { get; init; } = 8_000_000;

    /// <summary>Characters of one string that the template builds.</summary>
    public int StringLength { get; init; } = 1_048_576;

    /// <summary>Elements of one array that the template builds.</summary>
    public int ArrayLength { get; init; } = 100_000;

    /// <summary>Bits of one integer that the template computes.</summary>
    public int IntegerBits { get; init; } = 16_384;

    /// <summary>Bytes, estimated, of all values that one rendering creates.</summary>
    public long Memory { get; init; } = 96L << 20;

    /// <summary>Longest run of one regular expression.</summary>
    public TimeSpan RegexTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest rendering, by the timestamps of <see cref="RenderOptions.Clock"/>.</summary>
    public TimeSpan TotalTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bounds for documents of the usual kind: an order, a notice, a list of some thousand lines.</summary>
    public static TemplateLimits Default { get; } = new();
}
