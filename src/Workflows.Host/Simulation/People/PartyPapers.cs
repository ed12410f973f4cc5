using Workflows.Supervision.Inspections;
using Workflows.Supervision.Time;

namespace Workflows.Host.Simulation.People;

/// <summary>
/// What people show at the door who stand on no roster. It hangs on the target alone and takes nothing of the step's chance, so that cases of the roster go as they would without it: of eight
/// three are persons and two businesses known on arrival, two are known with the record, and of one nobody can find out who it is.
/// </summary>
internal static class PartyPapers
{
    // The first of January 1900: nobody alive bears such a number.
    private const string SampleBirthday = "19000101";

    /// <summary>What is handed in on arrival; null where the party is known, or is asked again when the record is made.</summary>
    /// <param name="step">The step.</param>
    /// <param name="matter">The case.</param>
    /// <param name="last">Whether it is the last occasion.</param>
    public static IdentifyParty? Of(StepContext step, Case matter, bool last)
    {
        if (matter.Target.Identity != PartyIdentity.Pending)
            return null;
        var sort = matter.Target.Id[^1] % 8;
        if (!last && sort is 0 or 1 or 2)
            return null;
        return sort == 0 ? Nobody(step) : sort is 1 or 3 or 4 ? Business(matter) : Person(matter);
    }

    /// <summary>Nobody was found out: what stands in the place of the party's signature.</summary>
    public static PartySignature Absent { get; } = new()
    {
        PersonName = "当事人不在场", Capacity = "身份无法查明", Statement = "当事人不在场，未发表意见", RefusalReason = "当事人不在场，无法签名", WitnessName = "样例见证人", VideoNumber = "样例录像",
    };

    private static IdentifyParty Nobody(StepContext step) => new() { UnknownReason = $"{ShanghaiTime.DateOf(step.Now):M月d日}现场无人，走访周边并调看监控，均未能查明当事人身份" };

    private static IdentifyParty Person(Case matter)
    {
        var digits = $"330203{SampleBirthday}{Serial(matter) % 1000:000}";
        return new IdentifyParty
        {
            Kind = PartyKind.Individual, Name = $"样例当事人{Serial(matter) % 1000:000}", IdentityNumber = digits + PartyIdentifying.CheckCharacter(digits), Address = "宁波市海曙区样例路1号",
        };
    }

    private static IdentifyParty Business(Case matter) => new()
    {
        Kind = PartyKind.IndividualBusiness, Name = $"样例经营户{Serial(matter) % 1000:000}", CreditCode = $"92330203MA{Serial(matter) % 100_000_000:00000000}", Address = "宁波市海曙区样例路2号",
        Representative = "样例经营者",
    };

    private static long Serial(Case matter) => matter.Target.Id.Aggregate(0L, (sum, c) => ((sum * 31) + c) % 1_000_000_007);
}
