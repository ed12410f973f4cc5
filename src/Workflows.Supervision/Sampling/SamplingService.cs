using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Sampling;

/// <summary>
/// 抽样检验: samples of a visit, their reports, and the second test for which a party may ask within seven working days
/// (食品安全法 88; 食品安全抽样检验管理办法 on what is not tested again). A failed test is a finding of its own and is filed at once.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="scenarios">Scenarios by package version.</param>
/// <param name="findings">Makes findings.</param>
/// <param name="filings">Proposes filings.</param>
public sealed class SamplingService(ISupervisionSession session, IScenarioCatalogue scenarios, VisitRecording findings, CaseFilingService filings)
{
    /// <summary>Working days in which a party may ask for a second test, from the day after the result was served (食品安全法 88).</summary>
    public const int RetestDays = 7;

    /// <summary>Takes samples at a visit.</summary>
    /// <exception cref="RuleViolationException"><c>visit-state</c>, <c>item-not-sampled</c>, <c>two-officers</c>, <c>field-missing</c>, <c>sample-twice</c>, <c>assistant-decides</c>.</exception>
    public async ValueTask<Visit> TakeAsync(string visitId, IReadOnlyList<SampleTaken> samples, CancellationToken cancellationToken = default)
    {
        Deciders.RequireOfficer(session.Actor, "抽样");
        var visit = await session.GetAsync<Visit>(visitId, "visitId", "检查", cancellationToken);
        var (one, package) = await MatterAsync(visit, cancellationToken);
        var team = await session.GetAsync<InspectionTeam>(visit.TeamId!, "teamId", "检查小组", cancellationToken);
        if (visit.ArrivedAt is null)
        {
            throw Refusal.Conflict("visit-state", "visitId", "检查组尚未到场，不能抽样。");
        }

        var taken = visit.Samples.ToList();
        for (var i = 0; i < samples.Count; i++)
        {
            taken.Add(Taken(samples[i], $"samples[{i}]", taken, team, package.Scenario, one));
        }

        var sampled = session.Update(visit with { Samples = taken }, "samples.taken", ("count", samples.Count.ToString()));
        await FollowAsync(one.Id, "现场抽样送检", cancellationToken);
        return sampled;
    }

    /// <summary>Takes the reports of the laboratory. What failed becomes a finding and is proposed for filing.</summary>
    /// <returns>Departments that file; empty when everything passed.</returns>
    /// <exception cref="RuleViolationException"><c>sample-unknown</c>, <c>already-reported</c>, <c>report-missing</c>, <c>report-in-future</c>, <c>basis-not-in-force</c>.</exception>
    public async ValueTask<IReadOnlyList<string>> ReportAsync(string visitId, IReadOnlyList<SampleReport> reports, CancellationToken cancellationToken = default)
    {
        Deciders.RequireOfficer(session.Actor, "登记检验报告");
        var visit = await session.GetAsync<Visit>(visitId, "visitId", "检查", cancellationToken);
        var (one, package) = await MatterAsync(visit, cancellationToken);
        var made = new List<Finding>();
        var samples = visit.Samples.ToList();
        for (var i = 0; i < reports.Count; i++)
        {
            var (given, field) = (reports[i], $"reports[{i}]");
            var at = Find(samples, given.Ordinal, $"{field}.ordinal");
            if (samples[at].Report is not null)
            {
                throw Refusal.Conflict("already-reported", $"{field}.ordinal", $"样品{given.Ordinal}已经登记检验报告，不能更改。");
            }

            Require(given.Report, field);
            samples[at] = samples[at] with { Report = given.Report };
            if (!given.Report.Passed)
            {
                var finding = session.Add(Failed(samples[at], given, field, visit, one, package), "finding.made", ("item", samples[at].ItemCode), ("sample", samples[at].Number));
                samples[at] = samples[at] with { FindingId = finding.Id };
                made.Add(finding);
            }
        }

        if (samples.Find(s => s.Report is null) is { } missing)
        {
            throw Refusal.Invalid("report-missing", "reports", $"样品{missing.Ordinal}（{missing.Product}）没有检验报告，请一并登记。");
        }

        session.Update(visit with { Samples = samples }, "samples.reported", ("failed", made.Count.ToString()));
        await FollowAsync(one.Id, "登记检验报告", cancellationToken);
        var filed = made.Where(f => f.PenaltyClause != PenaltyClause.NoClause).Select(f => f.Id).ToArray();
        return filed.Length == 0 ? [] : [.. (await filings.ProposeAsync(one.Id, filed, "抽样检验不合格", cancellationToken: cancellationToken)).Select(f => f.Department!)];
    }

    /// <summary>Notes the day on which the failed result was served: the days for asking run from it.</summary>
    public async ValueTask<Visit> MarkToldAsync(string visitId, DateOnly servedOn, CancellationToken cancellationToken = default)
    {
        var visit = await session.GetAsync<Visit>(visitId, "visitId", "检查", cancellationToken);
        return session.Update(
            visit with { Samples = [.. visit.Samples.Select(s => s is { Report.Passed: false, ToldOn: null } ? s with { ToldOn = servedOn } : s)] }, "samples.told", ("servedOn", servedOn.ToString("yyyy-MM-dd")));
    }

    /// <summary>Takes the party's application for a second test.</summary>
    /// <exception cref="RuleViolationException"><c>not-own-case</c> (404), <c>sample-unknown</c>, <c>retest-not-failed</c>, <c>retest-late</c>, <c>retest-microbial</c>, <c>retest-no-backup</c>, <c>retest-once</c>.</exception>
    public async ValueTask<Visit> AskRetestAsync(string visitId, AskRetest command, CancellationToken cancellationToken = default)
    {
        var visit = await session.FindAsync<Visit>(visitId, cancellationToken);
        Deciders.RequireParty(session.Actor, visit?.TargetId ?? "-");
        var samples = visit!.Samples.ToList();
        var at = Find(samples, command.Ordinal, "ordinal");
        var sample = samples[at];
        if (sample is not { Report: { Passed: false } report, ToldOn: { } told })
        {
            throw Refusal.Conflict("retest-not-failed", "ordinal", $"样品{command.Ordinal}没有已告知的不合格结论，无需复检。");
        }

        var last = LegalDeadline.Compute(told, LegalPeriod.WorkingDays(RetestDays), session.Calendar).Due;
        var refusal = sample.Retest is not null ? ("retest-once", "该样品已经申请复检，复检以一次为限。")
            : session.Today() > last ? ("retest-late", $"复检申请应在收到检验结论之日起{RetestDays}个工作日内（{ChineseDate.Of(last)}前）提出，现已逾期。")
            : report.Microbial ? ("retest-microbial", "微生物指标不合格的，不予复检。")
            : sample.BackupKept ? default((string Code, string Message)?) : ("retest-no-backup", "没有可用的备份样品，不予复检。");
        if (refusal is var (code, message))
        {
            throw Refusal.Conflict(code, "ordinal", message);
        }

        await PauseFilingAsync(sample, pause: true, cancellationToken);
        samples[at] = sample with { Retest = new RetestRequest(session.Today(), Refusal.Text(command.Reason, "reason", "复检理由")) };
        var asked = session.Update(visit with { Samples = samples }, "retest.asked", ("sample", sample.Number));
        await FollowAsync(visit.CaseId!, "当事人申请复检", cancellationToken);
        return asked;
    }

    /// <summary>Takes the report of the second test, which is final. Where it passes, the finding no longer counts.</summary>
    /// <returns>Whether every sample that was tested again has passed.</returns>
    /// <exception cref="RuleViolationException"><c>retest-not-asked</c>, <c>already-reported</c>, <c>report-in-future</c>, <c>field-missing</c>.</exception>
    public async ValueTask<bool> ConcludeAsync(string visitId, SampleReport given, CancellationToken cancellationToken = default)
    {
        Deciders.RequireOfficer(session.Actor, "登记复检结论");
        var visit = await session.GetAsync<Visit>(visitId, "visitId", "检查", cancellationToken);
        var samples = visit.Samples.ToList();
        var at = Find(samples, given.Ordinal, "ordinal");
        if (samples[at].Retest is null || samples[at].RetestReport is not null)
        {
            throw samples[at].Retest is null
                ? Refusal.Conflict("retest-not-asked", "ordinal", $"当事人没有对样品{given.Ordinal}申请复检。")
                : Refusal.Conflict("already-reported", "ordinal", $"样品{given.Ordinal}已经登记复检结论，复检结论为最终结论。");
        }

        Require(given.Report, "report");
        samples[at] = samples[at] with { RetestReport = given.Report };
        session.Update(visit with { Samples = samples }, "retest.concluded", ("sample", samples[at].Number), ("passed", given.Report.Passed.ToString()));
        await PauseFilingAsync(samples[at], pause: false, cancellationToken);
        if (given.Report.Passed && samples[at].FindingId is { } findingId)
        {
            var finding = await session.GetAsync<Finding>(findingId, "findingId", "问题", cancellationToken);
            session.Update(finding with { Disposition = Disposition.Refuted }, "finding.refuted");
        }

        await FollowAsync(visit.CaseId!, "登记复检结论", cancellationToken);
        return samples.TrueForAll(s => s.Retest is null || s.RetestReport is { Passed: true });
    }

    // What the public is told follows what the laboratory says.
    private async ValueTask FollowAsync(string caseId, string cause, CancellationToken ct)
    {
        var found = (await session.ListAsync<Finding>(new AggregateFilter { CaseId = caseId }, ct)).Where(f => f.Disposition != Disposition.Refuted).ToList();
        if (await session.FindAsync<Case>(caseId, ct) is { TaskEndedAt: not null } one && string.Join('、', VisitRecording.OutcomesOf(found)) is var outcome && outcome != one.Outcome)
        {
            session.Update(one with { Outcome = outcome }, "case.outcome-changed", ("outcome", outcome), ("cause", cause));
        }

        await new PublicationService(session, scenarios).FollowAsync(caseId, cause, ct);
    }

    // The days of a test do not count for deciding the case that rests on it.
    private async ValueTask PauseFilingAsync(Sample sample, bool pause, CancellationToken ct)
    {
        if (sample.FindingId is null || await session.FindAsync<Finding>(sample.FindingId, ct) is not { } finding)
        {
            return;
        }

        var clocks = new ClockService(session);
        foreach (var filing in await session.ListAsync<CaseFiling>(new AggregateFilter { CaseId = finding.CaseId, States = [nameof(FilingState.InProgress)] }, ct))
        {
            if (filing.ClockId is not { } id || !filing.FindingIds.Contains(finding.Id) || await session.FindAsync<DeadlineClock>(id, ct) is not { Clock: { EndedOn: null } clock })
            {
                continue;
            }

            if (pause && !clock.IsPaused)
            {
                await clocks.PauseAsync(id, PauseReason.Inspection, "当事人申请复检", ct);
            }
            else if (!pause && clock.IsPaused)
            {
                await clocks.ResumeAsync(id, ct);
            }
        }
    }

    private Sample Taken(SampleTaken taken, string field, List<Sample> before, InspectionTeam team, Scenario scenario, Case one)
    {
        var item = scenario.Item(taken.ItemCode);
        if (item is null || !item.Methods.Contains(CheckMethod.Sampling) || !item.AppliesTo(one.Target.Tags))
        {
            throw Refusal.Invalid("item-not-sampled", $"{field}.itemCode", $"事项“{taken.ItemCode}”不是本对象的抽样检测事项，请从清单中选择。");
        }

        var number = Refusal.Text(taken.Number, $"{field}.number", "抽样单编号");
        if (before.Exists(s => s.Number == number))
        {
            throw Refusal.Invalid("sample-twice", $"{field}.number", $"抽样单编号“{number}”重复，请核对。");
        }

        var own = team.OfficersOf(item.SupervisingDepartment).Select(m => m.OfficerId).Intersect(taken.OfficerIds, StringComparer.Ordinal).ToList();
        if (own.Count < 2)
        {
            throw Refusal.Invalid("two-officers", $"{field}.officerIds", $"抽样须由部门“{item.SupervisingDepartment}”本小组两名以上执法人员进行，请补足。");
        }

        return new Sample
        {
            Ordinal = before.Count + 1,
            Number = number,
            ItemCode = item.Code,
            Product = Refusal.Text(taken.Product, $"{field}.product", "样品名称"),
            Batch = Refusal.Text(taken.Batch, $"{field}.batch", "批号或者生产日期"),
            Quantity = Refusal.Text(taken.Quantity, $"{field}.quantity", "抽样数量"),
            Laboratory = Refusal.Text(taken.Laboratory, $"{field}.laboratory", "检验机构"),
            BackupKept = taken.BackupKept,
            OfficerIds = own,
            TakenAt = session.Now,
        };
    }

    // The breach is that of the day on which the sample was taken.
    private Finding Failed(Sample sample, SampleReport given, string field, Visit visit, Case one, ScenarioPackage package) => findings.Found(
        new ItemResult
        {
            ItemCode = sample.ItemCode,
            Answer = ItemAnswer.NonCompliant,
            Facts = $"抽样单{sample.Number}：{sample.Product}（批号或者生产日期：{sample.Batch}）经{sample.Laboratory}检验不合格（报告编号：{given.Report.Number}）：{given.Report.Detail}",
            EvidenceIds = given.EvidenceIds ?? [],
            ViolatedOn = ShanghaiTime.DateOf(sample.TakenAt),
        },
        field, visit, one, package) with { IsFiledAtOnce = true, IsRectified = false, Disposition = Disposition.Filing };

    private void Require(TestReport report, string field)
    {
        Refusal.Text(report.Number, $"{field}.report.number", "报告编号");
        Refusal.Text(report.Detail, $"{field}.report.detail", "检验结果");
        if (report.ReportedOn > session.Today())
        {
            throw Refusal.Invalid("report-in-future", $"{field}.report.reportedOn", "报告日期不能晚于今日，请核对。");
        }
    }

    private async ValueTask<(Case Case, ScenarioPackage Package)> MatterAsync(Visit visit, CancellationToken ct)
    {
        var one = await session.GetAsync<Case>(visit.CaseId!, "caseId", "案件", ct);
        return (one, await scenarios.RequireAsync(one.PackageVersionId, ct));
    }

    private static int Find(List<Sample> samples, int ordinal, string field) => samples.FindIndex(s => s.Ordinal == ordinal) is >= 0 and var at
        ? at
        : throw Refusal.NotFound("sample-unknown", field, $"本次检查没有样品{ordinal}，请核对。");
}
