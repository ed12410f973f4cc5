namespace Workflows.Host.Simulation.People;

/// <summary>What happens at the door.</summary>
internal enum DoorStory
{
    /// <summary>Somebody is there.</summary>
    Open,

    /// <summary>Nobody is found, twice.</summary>
    NotFound,

    /// <summary>Nobody is found at first, somebody the second time.</summary>
    FoundLater,

    /// <summary>The check is refused.</summary>
    Refused,
}

/// <summary>How the party puts right what it was ordered to.</summary>
internal enum CorrectionStory
{
    /// <summary>Proof in time, accepted on paper.</summary>
    ProofAccepted,

    /// <summary>Proof of a part in time, the rest at the re-inspection.</summary>
    PartialPass,

    /// <summary>No proof; the re-inspection finds everything put right.</summary>
    AtReinspection,

    /// <summary>Proof that has to be looked at on the spot.</summary>
    OnTheSpot,

    /// <summary>Not in time: interview, second term, then put right.</summary>
    AfterInterview,

    /// <summary>Never: ends in a case.</summary>
    Never,
}

/// <summary>What a party asks for.</summary>
internal enum ExtensionStory
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>More time, and gets it.</summary>
    Granted,

    /// <summary>More time, and does not get it.</summary>
    Refused,
}

/// <summary>What becomes of overdue items whose filing is turned down.</summary>
internal enum UnfiledStory
{
    /// <summary>The party goes on within a further term.</summary>
    Continues,

    /// <summary>The demand ends with a reason.</summary>
    Ends,
}

/// <summary>A breach that the visit finds.</summary>
/// <param name="Item">Code of the item.</param>
/// <param name="Fixed">Whether it is put right on the spot.</param>
internal sealed record Breach(string Item, bool Fixed = false);

/// <summary>What is going to happen in a case, as far as people decide it. The rules of the domain and the diagram decide the rest.</summary>
internal sealed record CaseStory
{
    /// <summary>Name for the report.</summary>
    public required string Name { get; init; }

    /// <summary>What happens at the door.</summary>
    public DoorStory Door { get; init; }

    /// <summary>What the visit finds.</summary>
    public IReadOnlyList<Breach> Breaches { get; init; } = [];

    /// <summary>Department that does not come, or null.</summary>
    public string? Absent { get; init; }

    /// <summary>Whether an officer declares a relation; null for no, else whether it is granted.</summary>
    public bool? Recusal { get; init; }

    /// <summary>Whether leniency is decided in favour of the party.</summary>
    public bool Lenient { get; init; } = true;

    /// <summary>How the party puts things right.</summary>
    public CorrectionStory Correction { get; init; }

    /// <summary>Whether the party asks for more time.</summary>
    public ExtensionStory Extension { get; init; }

    /// <summary>Whether 立案 is turned down and what follows; null where it is granted.</summary>
    public UnfiledStory? Unfiled { get; init; }

    /// <summary>Kinds of steps that the handling unit does late, with the working days after the due date.</summary>
    public IReadOnlyDictionary<string, int> Late { get; init; } = new Dictionary<string, int>();

    /// <summary>Every branch of scenario 1, so that as many cases meet all of them; what is common stands twice.</summary>
    public static IReadOnlyList<CaseStory> Deck { get; } =
    [
        new() { Name = "no-violation" },
        new() { Name = "no-violation" },
        new() { Name = "fixed-on-the-spot", Breaches = [new("EH-23", true), new("EH-19", true)] },
        new() { Name = "first-offence-lenient", Breaches = [new("EH-06", true), new("EH-24a", true)] },
        new() { Name = "leniency-turned-down", Breaches = [new("EH-06", true)], Lenient = false },
        new() { Name = "several-deadlines-partial-pass", Breaches = [new("EH-16"), new("EH-14"), new("EH-10"), new("EH-24b")], Correction = CorrectionStory.PartialPass },
        new() { Name = "extension-granted", Breaches = [new("EH-16"), new("EH-10")], Extension = ExtensionStory.Granted, Correction = CorrectionStory.AtReinspection },
        new() { Name = "extension-refused", Breaches = [new("EH-13"), new("EH-20")], Extension = ExtensionStory.Refused, Correction = CorrectionStory.AtReinspection },
        new() { Name = "proof-accepted", Breaches = [new("EH-18"), new("EH-22")], Correction = CorrectionStory.ProofAccepted },
        new() { Name = "proof-accepted", Breaches = [new("EH-24a"), new("EH-07")], Correction = CorrectionStory.ProofAccepted },
        new() { Name = "checked-on-the-spot", Breaches = [new("EH-16"), new("EH-22")], Correction = CorrectionStory.OnTheSpot },
        new() { Name = "overdue-second-term", Breaches = [new("EH-16")], Correction = CorrectionStory.AfterInterview },
        new() { Name = "overdue-filed", Breaches = [new("EH-18"), new("EH-24b")], Correction = CorrectionStory.Never },
        new() { Name = "overdue-not-filed-further-term", Breaches = [new("EH-18")], Correction = CorrectionStory.AfterInterview, Unfiled = UnfiledStory.Continues },
        new() { Name = "overdue-not-filed-ended", Breaches = [new("EH-18")], Correction = CorrectionStory.Never, Unfiled = UnfiledStory.Ends },
        new() { Name = "handler-late-at-reinspection", Breaches = [new("EH-20"), new("EH-13")], Correction = CorrectionStory.AtReinspection, Late = new Dictionary<string, int> { ["reinspection.record"] = 10 } },
        new() { Name = "serious-violation", Breaches = [new("EH-15"), new("EH-03")], Correction = CorrectionStory.AtReinspection },
        new() { Name = "target-not-found", Door = DoorStory.NotFound },
        new() { Name = "found-the-second-time", Door = DoorStory.FoundLater, Breaches = [new("EH-23", true)] },
        new() { Name = "check-refused", Door = DoorStory.Refused },
        new() { Name = "recusal-granted", Recusal = true },
        new() { Name = "recusal-refused", Recusal = false, Breaches = [new("EH-04", true)] },
        new() { Name = "department-absent", Absent = "HEA", Breaches = [new("EH-17")], Correction = CorrectionStory.ProofAccepted },
        new() { Name = "visit-late", Late = new Dictionary<string, int> { ["visit.arrive"] = 4 } },
        new() { Name = "publication-late", Late = new Dictionary<string, int> { ["publication.review"] = 2 } },
        new() { Name = "order-late", Breaches = [new("EH-24a")], Late = new Dictionary<string, int> { ["order.approve"] = 2 }, Correction = CorrectionStory.ProofAccepted },
    ];
}
