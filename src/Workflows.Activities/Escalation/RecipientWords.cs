using System.Text.RegularExpressions;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Escalation;

/// <summary>The words by which a diagram names receivers, and who stands behind them.</summary>
internal static partial class RecipientWords
{
    private static readonly string[] s_roles =
    [
        Role.Analyst, Role.Inspector, Role.Assistant, Role.DepartmentHead, Role.LegalReviewer, Role.Supervisor, Role.Dispatcher, Role.PublicationReviewer, Role.Auditor,
        Role.Administrator, Role.Party, "leader",
    ];

    /// <summary>What a refusal offers instead of an unknown word.</summary>
    public const string Known = "handler 承办单位、unit-head 单位负责人、leader-in-charge 分管领导、supervisor 督办人、command-centre 指挥中心、guidance-office 指导办、party 当事人、caretaker 物业等看护单位（线索流程）、department:代码、role:角色";

    /// <summary>Whether somebody stands behind a word.</summary>
    public static bool IsKnown(string? word) => word is not null && (Resolve(word, "", null) is { } address && address != word
        || Department().IsMatch(word)
        || (word.StartsWith("role:", StringComparison.Ordinal) && s_roles.Contains(word["role:".Length..], StringComparer.Ordinal)));

    /// <summary>The address of an outbox row: <c>department:</c>, <c>role:</c> or <c>party:</c> and what follows; a word that is an address already stays.</summary>
    /// <param name="word">The word.</param>
    /// <param name="unit">Department that is held.</param>
    /// <param name="target">Target whose party is meant, or null.</param>
    /// <param name="caretaker">Target id of whoever looks after the place, or null.</param>
    public static string Resolve(string word, string? unit, string? target, string? caretaker = null) => word switch
    {
        "handler" or "承办人" or "unit" or "承办单位" => $"department:{unit}",
        "unit-head" or "单位负责人" => $"department:{unit}/role:{Role.DepartmentHead}",
        "leader" or "leader-in-charge" or "分管领导" => "role:leader",
        "supervisor" or "督办人" => $"role:{Role.Supervisor}",
        "command-centre" or "指挥中心" => "department:CMD",
        "guidance-office" or "指导办" => "department:GUI",
        "party" or "当事人" => $"party:{target}",
        "caretaker" or "看护单位" => $"party:{caretaker}",
        _ => word,
    };

    [GeneratedRegex("^department:[A-Z]{2,8}$")]
    private static partial Regex Department();
}
