using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Work;

/// <summary>Messages to people: number, due date and link, never names or facts (practice.md 14).</summary>
/// <param name="session">The session.</param>
public sealed class NoticeService(ISupervisionSession session)
{
    /// <summary>Sends a message on a case to each recipient.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="recipients">Such as <c>department:FIR</c>, <c>role:supervisor</c>, <c>party:T001</c> or a user.</param>
    /// <param name="kind">Kind, such as 提醒.</param>
    /// <param name="due">Last day, or null.</param>
    /// <param name="reference">Number of the document or matter; null for that of the case.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<IReadOnlyList<Notice>> SendAsync(
        string caseId, IReadOnlyList<string> recipients, string kind, DateOnly? due, string? reference = null, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        var text = $"【{kind}】{reference ?? one.Number}{(due is { } day ? $"，期限{ChineseDate.Of(day)}（含当日）" : "")}，请登录查看：/cases/{one.Id}";
        var sent = new List<Notice>();
        foreach (var recipient in recipients.Distinct(StringComparer.Ordinal))
        {
            sent.Add(session.Add(
                new Notice
                {
                    Id = session.NewId(), CaseKey = one.CaseKey, CaseId = one.Id, PlanId = one.PlanId, TargetId = one.TargetId, Area = one.Area, Created = session.Cause(),
                    Recipient = recipient, Kind = kind, Text = text,
                },
                "notice.sent", ("kind", kind), ("recipient", recipient)));
            session.Send(new OutboxMessage("notice", recipient, kind, text, one.Id, session.ActivityId) { Subject = new(reference ?? one.Number, due, $"/cases/{one.Id}", one.Area) });
        }

        return sent;
    }

    /// <summary>Sends a message on a plan to each recipient.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="recipients">Such as <c>department:FIR</c> or a user.</param>
    /// <param name="kind">Kind, such as 撤销.</param>
    public void SendOnPlan(InspectionPlan plan, IReadOnlyList<string> recipients, string kind)
    {
        var text = $"【{kind}】抽查计划（年度事项{plan.AnnualItem.Code}），请登录查看：/plans/{plan.Id}";
        foreach (var recipient in recipients.Distinct(StringComparer.Ordinal))
        {
            session.Add(
                new Notice { Id = session.NewId(), CaseKey = plan.CaseKey, PlanId = plan.Id, Area = plan.Area, Created = session.Cause(), Recipient = recipient, Kind = kind, Text = text },
                "notice.sent", ("kind", kind), ("recipient", recipient));
            session.Send(new OutboxMessage("notice", recipient, kind, text, null, session.ActivityId) { Subject = new(plan.AnnualItem.Code, null, $"/plans/{plan.Id}", plan.Area) });
        }
    }
}
