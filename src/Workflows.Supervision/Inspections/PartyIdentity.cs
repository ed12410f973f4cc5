using System.Text.Json.Serialization;

namespace Workflows.Supervision.Inspections;

/// <summary>How far the party of a target is known whose papers lack the number of its registration or identity: a person or site that became known by a lead (临时对象), or a person of the roster.</summary>
public enum PartyIdentity
{
    /// <summary>待现场核实: nobody has seen the party's papers yet; documents that are issued before the visit say so.</summary>
    [JsonStringEnumMemberName("待现场核实")]
    Pending,

    /// <summary>已现场核实: officers have seen them at the door.</summary>
    [JsonStringEnumMemberName("已现场核实")]
    Verified,

    /// <summary>当事人无法查明: officers were there and nobody could be identified.</summary>
    [JsonStringEnumMemberName("当事人无法查明")]
    Unknown,
}

/// <summary>Kind of party that was met at the door.</summary>
public enum PartyKind
{
    /// <summary>个人: a natural person, with the number of an identity document.</summary>
    [JsonStringEnumMemberName("个人")]
    Individual,

    /// <summary>个体工商户: a business with a credit code and its operator.</summary>
    [JsonStringEnumMemberName("个体工商户")]
    IndividualBusiness,

    /// <summary>单位: a legal person or other organisation, with a credit code and who is in charge.</summary>
    [JsonStringEnumMemberName("单位")]
    Organisation,
}

/// <summary>现场核实当事人: who it is, from the papers that were shown; or why nobody could find out.</summary>
public sealed record IdentifyParty
{
    /// <summary>Kind of party; needed unless nobody could find out.</summary>
    public PartyKind? Kind { get; init; }

    /// <summary>Name of the person, business or organisation.</summary>
    public string? Name { get; init; }

    /// <summary>统一社会信用代码, eighteen characters (GB 32100); of businesses and organisations.</summary>
    public string? CreditCode { get; init; }

    /// <summary>Number of the identity document: 居民身份证 (GB 11643) or another of 5 to 20 letters and digits; of persons.</summary>
    public string? IdentityNumber { get; init; }

    /// <summary>Address of the person or of the premises.</summary>
    public string? Address { get; init; }

    /// <summary>Operator, legal representative or who is in charge; of businesses and organisations.</summary>
    public string? Representative { get; init; }

    /// <summary>Telephone, or null to leave what is known.</summary>
    public string? Phone { get; init; }

    /// <summary>当事人无法查明: what was done to find out and why it led to nobody; null where the party is known.</summary>
    public string? UnknownReason { get; init; }
}
