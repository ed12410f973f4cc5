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

    /// <summary>Nobody is found at first; the second time the check is refused.</summary>
    RefusedLater,

    /// <summary>The target was struck off or has moved away.</summary>
    Gone,
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

    /// <summary>Proof that has to be looked at on the spot, where it turns out to show half of what was ordered.</summary>
    OnTheSpotHalf,

    /// <summary>Proof that has to be looked at on the spot, where it turns out to show nothing.</summary>
    OnTheSpotNothing,

    /// <summary>No proof; the re-inspection finds a part put right, the rest after an interview.</summary>
    HalfAtReinspection,

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

/// <summary>What samples of a visit show.</summary>
internal enum SampleStory
{
    /// <summary>None are taken.</summary>
    None,

    /// <summary>They pass.</summary>
    Passed,

    /// <summary>They fail, and the party accepts it.</summary>
    Failed,

    /// <summary>They fail; the party asks for a second test, which passes.</summary>
    Refuted,

    /// <summary>They fail; the party asks for a second test, which fails too.</summary>
    Confirmed,
}

/// <summary>What happens to the officers of a department while a plan is drawn.</summary>
internal enum RosterStory
{
    /// <summary>Nothing.</summary>
    Steady,

    /// <summary>All but one are on leave: a team cannot be drawn.</summary>
    OneLeft,

    /// <summary>All but two are on leave: nobody stands by.</summary>
    TwoLeft,

    /// <summary>One loses the certificate between draw and visit.</summary>
    OneLost,
}

/// <summary>A breach that the visit finds.</summary>
/// <param name="Item">Code of the item.</param>
/// <param name="Fixed">Whether it is put right on the spot.</param>
internal sealed record Breach(string Item, bool Fixed = false);

/// <summary>What is going to happen in a case or a plan, as far as people decide it. The rules of the domain and the diagram decide the rest.</summary>
internal sealed record CaseStory
{
    /// <summary>Name for the report.</summary>
    public required string Name { get; init; }

    /// <summary>What happens to the officers, for the story of a plan.</summary>
    public RosterStory Roster { get; init; }

    /// <summary>What happens at the door.</summary>
    public DoorStory Door { get; init; }

    /// <summary>What the visit is to find, by kind; the items are chosen from those that apply to the target.</summary>
    public IReadOnlyList<BreachWish> Wishes { get; init; } = [];

    /// <summary>What the visit finds.</summary>
    public IReadOnlyList<Breach> Breaches { get; init; } = [];

    /// <summary>Whether one of the departments does not come.</summary>
    public bool OneAbsent { get; init; }

    /// <summary>Whether the party comes to an interview.</summary>
    public bool ComesToInterview { get; init; } = true;

    /// <summary>Whether an officer declares a relation; null for no, else whether it is granted.</summary>
    public bool? Recusal { get; init; }

    /// <summary>Whether leniency is decided in favour of the party.</summary>
    public bool Lenient { get; init; } = true;

    /// <summary>How the party puts things right.</summary>
    public CorrectionStory Correction { get; init; }

    /// <summary>What samples show, where the scenario takes them.</summary>
    public SampleStory Sample { get; init; }

    /// <summary>Whether the party asks for more time.</summary>
    public ExtensionStory Extension { get; init; }

    /// <summary>What happens on the way to a forced demolition, once the diagram has begun it.</summary>
    public EnforcementStory? Enforcement { get; init; }

    /// <summary>Whether 立案 is turned down and what follows; null where it is granted.</summary>
    public UnfiledStory? Unfiled { get; init; }

    /// <summary>Outcomes that are chosen by kind of step, the first time that such a step of the case is done.</summary>
    public IReadOnlyDictionary<string, string> Choices { get; init; } = new Dictionary<string, string>();

    /// <summary>Kinds of steps that the handling unit does late, with the working days after the due date.</summary>
    public IReadOnlyDictionary<string, int> Late { get; init; } = new Dictionary<string, int>();
}
