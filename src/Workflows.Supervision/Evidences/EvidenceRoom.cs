using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Evidences;

/// <summary>How much evidence a case takes: in all, and from its party, who comes without an account. What is closed takes none.</summary>
public static class EvidenceRoom
{
    /// <summary>Most pieces of a case.</summary>
    public const int MostOfCase = 1000;

    /// <summary>Most bytes of a case.</summary>
    public const long LargestCase = 8L << 30;

    /// <summary>Most pieces that a party hands in, by whichever of its links.</summary>
    public const int MostOfParty = 100;

    /// <summary>Most bytes that a party hands in.</summary>
    public const long LargestParty = 512L << 20;

    /// <summary>Refuses a piece for which there is no room.</summary>
    /// <param name="one">The case.</param>
    /// <param name="earlier">Its evidence.</param>
    /// <param name="length">Bytes of the piece.</param>
    /// <param name="actor">Who hands it in.</param>
    /// <exception cref="RuleViolationException"><c>case-closed</c>, <c>evidence-full</c> (409).</exception>
    public static void Require(Case one, IReadOnlyList<Evidence> earlier, long length, Actor actor)
    {
        if (one.State != CaseState.Open)
        {
            throw Refusal.Conflict("case-closed", "caseId", "案件已办结或已撤销，不再接收证据：需要补充的，请在新的案件中提交。");
        }

        if (earlier.Count >= MostOfCase || earlier.Sum(piece => piece.Length) + length > LargestCase)
        {
            throw Refusal.Conflict("evidence-full", "file", $"本案证据已达上限（{MostOfCase}件、{LargestCase >> 30}GB）：请将其余材料装订存档，在笔录中载明。");
        }

        if (!actor.Is(Role.Party))
        {
            return;
        }

        var own = earlier.Where(piece => piece.Origin == EvidenceOrigin.Party).ToList();
        if (own.Count >= MostOfParty || own.Sum(piece => piece.Length) + length > LargestParty)
        {
            throw Refusal.Conflict("evidence-full", "file", $"您提交的材料已达上限（{MostOfParty}件、{LargestParty >> 20}MB）：其余材料请当面或邮寄提交给执法人员。");
        }
    }
}
