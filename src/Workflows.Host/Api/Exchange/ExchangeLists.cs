using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Plans;
using Workflows.Host.Packages;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Exchange;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Exchange;

/// <summary>What comes in as new: orders of a hotline become leads, plans of a platform start the workflow of a plan.</summary>
internal sealed class ExchangeLists(ExchangeDoor door, ChangeGate changes, PackageCatalogue packages) : IExchangeTaker
{
    /// <inheritdoc/>
    public async Task<ExchangeLook> LookAsync(
        ExchangePlatform platform, ExchangeRecord record, ExchangeOrder order, ICollection<ImportProblem> problems, CancellationToken cancellationToken)
    {
        var refused = new ExchangeLook(record.Answer(ExchangeOutcome.Refused), null);
        try
        {
            var family = record.Kind is ExchangeKind.Leads or ExchangeKind.Receipts ? LeadIntake.Family : ExchangePlatform.Family;
            if (await SendAsync(family, order.Actor, async (_, services, token) => await services.GetRequiredService<ExchangeService>().TakenAsync(platform.Id, record, token), cancellationToken) is ExchangeEntry taken)
                return new ExchangeLook(record.Again(taken), null);
            return record.Kind switch
            {
                ExchangeKind.Leads => await LookAtLeadAsync(platform, record, order, cancellationToken),
                ExchangeKind.Receipts => await LookAtReceiptAsync(platform, record, order, cancellationToken),
                _ => await LookAtPlanAsync(platform, record, order, cancellationToken),
            } ?? refused;
        }
        catch (RuleViolationException wrong)
        {
            problems.Add(record.Problem(wrong));
            return refused;
        }
        catch (RefusedException wrong)
        {
            problems.Add(new ImportProblem(record.Rows[0].Line, "", record.Number, wrong.Refusal.Detail, $"（{wrong.Refusal.Code}）"));
            return refused;
        }
    }

    private async Task<ExchangeLook?> LookAtLeadAsync(ExchangePlatform platform, ExchangeRecord record, ExchangeOrder order, CancellationToken cancellationToken)
    {
        if (LeadExchange.Read(record, platform) is not { } lead)
            return null;
        RequireArea(platform, lead.Area);
        await RehearseAsync(LeadIntake.Family, order.Actor, async (services, token) => await services.GetRequiredService<LeadIntake>().TakeAsync(lead, token), cancellationToken);
        return new ExchangeLook(record.Answer(ExchangeOutcome.Ready) with { Effect = "线索已受理" }, async (_, token) =>
        {
            var done = (ExchangeEntry?)await SendAsync(
                LeadIntake.Family, order.Actor,
                async (session, services, cancel) =>
                {
                    var service = services.GetRequiredService<ExchangeService>();
                    if (await service.TakenAsync(platform.Id, record, cancel) is { } earlier)
                        return earlier;
                    var taken = await services.GetRequiredService<LeadIntake>().TakeAsync(lead, cancel);
                    return service.Take(
                        platform, record, LeadIntake.Family, null, lead.Area, taken.LeadId, taken.Outcome == IntakeOutcome.ExactDuplicate ? "与已有线索完全重复，编号已关联" : "线索已受理", order.Actor);
                },
                token);
            return record.Answer(ExchangeOutcome.Taken) with { SubjectId = done!.SubjectId, Effect = done.Effect };
        });
    }

    private async Task<ExchangeLook?> LookAtReceiptAsync(ExchangePlatform platform, ExchangeRecord record, ExchangeOrder order, CancellationToken cancellationToken)
    {
        const string effect = "答复回执已登记";
        await RehearseAsync(LeadIntake.Family, order.Actor, async (services, token) =>
        {
            if (await LeadExchange.ReceiveAsync(services.GetRequiredService<ISupervisionSession>(), services.GetRequiredService<ILeadIndex>(), record, platform, token) is { } lead)
                RequireArea(platform, lead.Area);
        }, cancellationToken);
        return record.HasProblem ? null : new ExchangeLook(record.Answer(ExchangeOutcome.Ready) with { Effect = effect }, async (_, token) =>
        {
            var done = (ExchangeEntry?)await SendAsync(
                LeadIntake.Family, order.Actor,
                async (session, services, cancel) =>
                {
                    var service = services.GetRequiredService<ExchangeService>();
                    if (await service.TakenAsync(platform.Id, record, cancel) is { } earlier)
                        return earlier;
                    var lead = (await LeadExchange.ReceiveAsync(session, services.GetRequiredService<ILeadIndex>(), record, platform, cancel))!;
                    return service.Take(platform, record, LeadIntake.Family, null, lead.Area, lead.Id, effect, order.Actor);
                },
                token);
            return record.Answer(ExchangeOutcome.Taken) with { SubjectId = done!.SubjectId, Effect = done.Effect };
        });
    }

    private async Task<ExchangeLook?> LookAtPlanAsync(ExchangePlatform platform, ExchangeRecord record, ExchangeOrder order, CancellationToken cancellationToken)
    {
        if (PlanOf(record) is not { } plan)
            return null;
        // A platform's own account has no department here; it hands plans in as the command centre does, and the lead still approves.
        var actor = order.Actor.Is(Role.Platform) ? order.Actor with { Roles = [Role.Dispatcher], Department = null } : order.Actor;
        RequireArea(platform, plan.Area ?? actor.Area);
        var (start, open) = await PlanStart.OrderAsync(plan, actor, packages, cancellationToken);
        await RehearseAsync(ExchangePlatform.Family, actor, (services, _) =>
        {
            services.GetRequiredService<PlanService>().Open(open);
            return ValueTask.CompletedTask;
        }, cancellationToken);
        return new ExchangeLook(record.Answer(ExchangeOutcome.Ready) with { Effect = "计划已建立，待审批" }, async (_, token) =>
        {
            // The instance follows from the number: the same plan handed in twice at once starts one workflow.
            var instance = "exchange-" + ExchangeEntry.IdOf(platform.Id, record.Kind, record.ExternalId)[^40..];
            string? planId = null;
            await changes.SendAsync(
                start with
                {
                    Key = changes.NewKey(),
                    InstanceId = instance,
                    Answering = async (session, result, cancel) =>
                    {
                        planId = await session.ListAsync<InspectionPlan>(new AggregateFilter { CaseKey = instance, Take = 1 }, cancel) is [var drawnUp, ..] ? drawnUp.Id : null;
                        new ExchangeService(session).Take(platform, record, instance, null, plan.Area ?? actor.Area, planId, "计划已建立，待审批", order.Actor);
                        return "";
                    },
                },
                token);
            return record.Answer(ExchangeOutcome.Taken) with { SubjectId = planId, Effect = "计划已建立，待审批" };
        });
    }

    private static NewPlan? PlanOf(ExchangeRecord record)
    {
        var row = record.Rows[^1];
        if (record.Rows.Count > 1)
            row.Report("number", record.Number, "同一计划编号有多行。", "每个计划只填一行。");
        var (year, count, alternates, from, to) = (row.Number("year", 2000, 2200), row.Number("drawCount", 1, 1_000_000), row.Number("alternateCount", 0, 1_000_000), row.Date("visitFrom"), row.Date("visitTo"));
        if (record.HasProblem || year is null || count is null || from is null || to is null)
            return null;
        return new NewPlan(
            row.Text("title") ?? "", new AnnualPlanItem(year.Value, row.Text("annualCode") ?? "", row.Text("annualTitle") ?? ""), row.Text("scenario") ?? "",
            [.. row.List("departments").Select(code => new PlanDepartment { Code = code, Name = code })], count.Value, from.Value, to.Value, row.Text("leadDepartment"), alternates ?? 0,
            Surprise: row.Text("surprise") == "是", Area: row.Text("area"));
    }

    private void RequireArea(ExchangePlatform platform, string? area)
    {
        if (!door.Reaches(platform, area))
            throw new RefusedException(new Refusal(403, "other-area", "area", "不在该平台或您的管理范围内。"));
    }

    private async Task RehearseAsync(string family, Actor actor, Func<IServiceProvider, CancellationToken, ValueTask> rehearse, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(
                family, actor,
                async (_, services, token) =>
                {
                    await rehearse(services, token);
                    throw ExchangeAnswers.RehearsalOver;
                },
                cancellationToken);
        }
        catch (RuleViolationException over) when (over.Code == ExchangeAnswers.Rehearsed)
        {
        }
    }

    private async Task<object?> SendAsync(
        string family, Actor actor, Func<ISupervisionSession, IServiceProvider, CancellationToken, ValueTask<object?>> execute, CancellationToken cancellationToken) =>
        (await changes.SendAsync(new DomainCommand { Key = changes.NewKey(), CaseKey = family, Actor = actor, Execute = execute }, cancellationToken)).Value;
}
