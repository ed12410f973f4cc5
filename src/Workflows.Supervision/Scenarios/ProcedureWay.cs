using System.Text.Json.Serialization;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Scenarios;

/// <summary>繁简分流: the ways on which a filed case is handled.</summary>
public enum ProcedureKind
{
    /// <summary>简易程序 (行政处罚法 51, 52).</summary>
    Simple,

    /// <summary>快速办理: facts are clear and the party admits them; forms and limits are shorter.</summary>
    Fast,

    /// <summary>普通程序 (行政处罚法 54–63), open to every case.</summary>
    Ordinary,
}

/// <summary>A way with what it asks for and the limit it gives; data of the scenario.</summary>
/// <param name="Way">Which of the three.</param>
/// <param name="Title">Name as people read it, such as 简易程序.</param>
/// <param name="Basis">Where it stands in law, or null.</param>
/// <param name="Limit">Limit of a case on this way, from the day of filing; null for that of the organ's own law.</param>
/// <param name="Conditions">What has to be so.</param>
public sealed record ProcedureWay(ProcedureKind Way, string Title, string? Basis, LegalPeriod? Limit, ProcedureConditions Conditions);

/// <summary>Conditions of a way; one that says nothing is open to every case.</summary>
/// <param name="FactsClear">The facts are clear and the evidence is enough.</param>
/// <param name="Admitted">The party admits what was found and accepts the penalty.</param>
/// <param name="NoHearing">The party asks for no hearing.</param>
/// <param name="FineOfPerson">Highest fine proposed on a natural person, yuan; null for any.</param>
/// <param name="FineOfOrganisation">Highest fine proposed on an organisation, yuan; null for any.</param>
/// <param name="MostSevere">Gravest finding that it takes, or null for any.</param>
public sealed record ProcedureConditions(
    bool FactsClear = false, bool Admitted = false, bool NoHearing = false, int? FineOfPerson = null, int? FineOfOrganisation = null, Severity? MostSevere = null)
{
    /// <summary>Whether it asks for nothing.</summary>
    [JsonIgnore]
    public bool AskNothing => this == new ProcedureConditions();
}

/// <summary>What the handler states of a case on which the choice of a way rests.</summary>
/// <param name="FactsClear">The facts are clear and the evidence is enough.</param>
/// <param name="Admitted">The party admits what was found and accepts the penalty.</param>
/// <param name="HearingAsked">The party asks for a hearing.</param>
/// <param name="Fine">Fine that is proposed, yuan, 0 for a warning alone; null where it is not known yet.</param>
public sealed record ProcedureGrounds(bool FactsClear = false, bool Admitted = false, bool HearingAsked = false, int? Fine = null);

/// <summary>Chooses ways by the rules of the scenario.</summary>
public static class ProcedureChoice
{
    /// <summary>Conditions of a way that are not met, in words; empty where it is open.</summary>
    /// <param name="way">The way.</param>
    /// <param name="grounds">What is stated.</param>
    /// <param name="isPerson">Whether the party is a natural person.</param>
    /// <param name="gravest">The gravest finding, or null where there is none.</param>
    public static IReadOnlyList<string> Unmet(ProcedureWay way, ProcedureGrounds grounds, bool isPerson, Severity? gravest)
    {
        var (asked, unmet) = (way.Conditions, new List<string>());
        if (asked.FactsClear && !grounds.FactsClear)
        {
            unmet.Add("事实清楚、证据充分未经确认");
        }

        if (asked.Admitted && !grounds.Admitted)
        {
            unmet.Add("当事人没有认错认罚");
        }

        if (asked.NoHearing && grounds.HearingAsked)
        {
            unmet.Add("当事人要求听证");
        }

        if ((isPerson ? asked.FineOfPerson : asked.FineOfOrganisation) is { } most && !(grounds.Fine <= most))
        {
            unmet.Add(grounds.Fine is { } fine ? $"拟处罚款{fine}元超过对{(isPerson ? "公民" : "法人或者其他组织")}的上限{most}元" : "没有填写拟处罚款数额");
        }

        if (asked.MostSevere is { } limit && gravest > limit)
        {
            unmet.Add($"违法行为属“{SeverityText.Of(gravest.Value)}”，超出“{SeverityText.Of(limit)}”");
        }

        return unmet;
    }

    /// <summary>The first way of the scenario's list that is open; its last one, the ordinary, always is.</summary>
    public static ProcedureWay FirstOpen(IReadOnlyList<ProcedureWay> ways, ProcedureGrounds grounds, bool isPerson, Severity? gravest) =>
        ways.First(way => Unmet(way, grounds, isPerson, gravest).Count == 0);
}
