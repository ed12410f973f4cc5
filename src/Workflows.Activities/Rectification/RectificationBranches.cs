using Workflows.Activities.Deadlines;
using Workflows.Engine.Execution;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Rectification;

/// <summary>
/// Which ways of a rectification are under way in a case. A round, an interview and a filing may run beside each other and each comes back to
/// 复查后处置; there none of them is begun a second time.
/// </summary>
/// <param name="Round">整改轮次: a party or an officer has something to do within it, or its limit runs.</param>
/// <param name="Interview">约谈与二次期限.</param>
/// <param name="Unfiled">Departments whose head decides on what was not filed.</param>
internal sealed record RectificationBranches(bool Round, bool Interview, IReadOnlySet<string> Unfiled)
{
    private static readonly string[] OfRound = ["party.proof", "proof.review", "party.extension", "extension.decide", "reinspection.record"];
    private static readonly string[] OfInterview = ["interview.call", "interview.hold", "order.second-term"];

    /// <summary>Reads them from the open steps and running limits of the case.</summary>
    public static async ValueTask<RectificationBranches> ReadAsync(ActivityExecutionContext context)
    {
        var session = context.Session();
        var tasks = await session.ListAsync<WorkTask>(new AggregateFilter { CaseId = context.SubjectId(), States = [nameof(TaskState.Open)] }, context.CancellationToken);
        var limits = await session.ListAsync<StepLimit>(new AggregateFilter { CaseId = context.SubjectId(), States = [nameof(StepLimitState.Running)] }, context.CancellationToken);
        return new RectificationBranches(
            tasks.Any(t => OfRound.Contains(t.Kind)) || limits.Any(l => l.ClockId is null && l.HeldBy.StartsWith("party:", StringComparison.Ordinal)),
            tasks.Any(t => OfInterview.Contains(t.Kind)),
            tasks.Where(t => t.Kind == "order.unfiled").Select(t => t.Department ?? "").ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>A term was given beside a round: where one runs, its limit and ladder look at their dates again.</summary>
    public static async ValueTask TellRoundAsync(ActivityExecutionContext context)
    {
        if ((await ReadAsync(context)).Round)
        {
            DeadlineChanged.Tell(context);
        }
    }
}
