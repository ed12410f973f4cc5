using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Scoring;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Tests.Work;

public sealed class TasksCardsPublicationTests
{
    private readonly World _world = new();

    private async Task<WorkTask> TaskAsync(Case one, string department = "FIR", string? role = Role.Inspector, bool decision = true) =>
        await new TaskService(_world.Session).CreateAsync(new NewTask
        {
            InstanceId = "i", CaseKey = one.CaseKey, ActivityId = "复查", Kind = "reinspection.record", Title = "现场复查", CaseId = one.Id, Department = department, Role = role,
            IsDecision = decision, Outcomes = ["完成"], DueAt = _world.Session.Now.AddDays(1),
        });

    [Fact]
    public async Task A_task_is_done_by_its_own_department_and_role_once()
    {
        var task = await TaskAsync(await _world.OpenCaseAsync());
        var tasks = new TaskService(_world.Session);
        Task Complete(string outcome = "完成") => tasks.CompleteAsync(task.Id, outcome, "{}").AsTask();

        _world.As(World.Officer("HEA"));
        await Refused.WithAsync("task-not-found", RefusalKind.NotFound, () => Complete());
        _world.As(World.Head("FIR"));
        await Refused.WithAsync("task-not-yours", RefusalKind.Forbidden, () => Complete());
        _world.As(World.Assistant("FIR"));
        await Refused.WithAsync("assistant-decides", RefusalKind.Forbidden, () => Complete());
        _world.As(World.Officer("FIR"));
        await Refused.WithAsync("outcome-unknown", RefusalKind.Invalid, () => Complete("随便"));
        await Complete();
        await Refused.WithAsync("task-ended", RefusalKind.Conflict, () => Complete());
    }

    [Fact]
    public async Task A_step_for_nobody_is_refused()
    {
        var one = await _world.OpenCaseAsync();

        await Refused.WithAsync("task-without-owner", RefusalKind.Invalid, () => new TaskService(_world.Session).CreateAsync(new NewTask
        {
            InstanceId = "i", CaseKey = one.CaseKey, ActivityId = "a", Kind = "k", Title = "无人办理",
        }).AsTask());
    }

    [Fact]
    public async Task A_card_is_for_units_only_answered_in_a_working_day_and_revoked_by_another_unit()
    {
        var one = await _world.OpenCaseAsync();
        var cards = new CardService(_world.As(Actor.Clock).Session);
        await Refused.WithAsync("card-on-party", RefusalKind.Invalid, () => cards.GiveAsync(new GiveCard(one.Id, "party:T001", CardColour.Yellow, "逾期")).AsTask());
        var card = await cards.GiveAsync(new GiveCard(one.Id, "FIR", CardColour.Yellow, "超期未办"));
        Assert.Equal(ShanghaiTime.PassedAt(new DateOnly(2026, 12, 2)), card.AnswerBy);

        _world.As(World.Officer("FIR"));
        await Refused.WithAsync("dispatcher-required", RefusalKind.Forbidden, () => cards.HoldAsync(card.Id, "等待").AsTask());
        await cards.AppealAsync(card.Id, "等待检测结果");
        _world.As(World.WithRole(Role.Supervisor, "FIR"));
        await Refused.WithAsync("own-unit", RefusalKind.Forbidden, () => cards.DecideAppealAsync(card.Id, true, "属实").AsTask());
        _world.As(World.WithRole(Role.Supervisor, "CMD"));
        Assert.Equal(CardService.Revoked, await cards.DecideAppealAsync(card.Id, true, "属实"));
    }

    [Fact]
    public async Task A_supervision_order_needs_the_receivers_power_a_signature_and_has_its_terms()
    {
        var one = await _world.OpenCaseAsync();
        var orders = new SupervisionOrderService(_world.Session);
        DraftSupervisionOrder Draft(string power, string department = "FIR") => new(one.Id, department, "复查超期未办", "五个工作日内复查", power, _world.Session.Now);
        await Refused.WithAsync("receiver-power", RefusalKind.Invalid, () => orders.DraftAsync(Draft(" ")).AsTask());
        await Refused.WithAsync("order-on-party", RefusalKind.Invalid, () => orders.DraftAsync(Draft("清单1", "T001")).AsTask());
        var order = await orders.DraftAsync(Draft("权责清单第12项"));
        _world.As(World.WithRole(Role.Supervisor, "GUI"));
        order = await orders.SignAsync(order.Id);
        Assert.Equal((new DateOnly(2026, 12, 8), new DateOnly(2026, 12, 3)), (order.ReplyDue!.Value, order.ObjectionDue!.Value));

        _world.As(World.Head("FIR")).On(2026, 12, 4);
        await Refused.WithAsync("objection-late", RefusalKind.Conflict, () => orders.ObjectAsync(order.Id, "不属本单位").AsTask());
        _world.As(Actor.Clock).On(2026, 12, 8, 23);
        Assert.False(await orders.MarkUnansweredAsync(order.Id));
        _world.On(2026, 12, 9, 0);
        Assert.True(await orders.MarkUnansweredAsync(order.Id));
    }

    [Theory]
    [InlineData(2026, 12, 3, false, false)]
    [InlineData(2026, 12, 4, false, true)]
    [InlineData(2026, 12, 2, true, true)]
    public async Task An_interview_is_notified_three_working_days_before(int year, int month, int day, bool urgent, bool open)
    {
        var one = await _world.OpenCaseAsync();
        _world.As(World.Officer("HEA"));
        var at = ShanghaiTime.At(new DateOnly(year, month, day), new TimeOnly(14, 0));
        Task Act() => new MeetingService(_world.Session, _world.Papers).CallInterviewAsync(new CallInterview(one.Id, "HEA", "逾期未改正", at, "样例街2号", ["负责人"], Urgent: urgent)).AsTask();

        if (open)
        {
            await Act();
        }
        else
        {
            await Refused.WithAsync("interview-notice-short", RefusalKind.Invalid, Act);
        }
    }

    [Fact]
    public async Task A_result_is_published_within_twenty_working_days_after_review()
    {
        var (one, _) = await _world.VisitedAsync();
        await new CaseService(_world.Session, _world, _world).EndTaskAsync(one.Id, VisitOutcome.NoProblem);
        var publication = new PublicationService(_world.Session, _world);
        var entry = await publication.PrepareAsync(one.Id);

        // 20 working days after 1 December 2026; 1 January 2027 is a holiday.
        Assert.Equal((new DateOnly(2026, 12, 29), PublicResult.NoProblem), (entry.PublishBy, entry.Result));
        await Refused.WithAsync("publication-reviewer-required", RefusalKind.Forbidden, () => publication.ReviewAsync(entry.Id, true, null).AsTask());
        _world.As(World.WithRole(Role.PublicationReviewer));
        Assert.Equal(PublicationService.Published, await publication.ReviewAsync(entry.Id, true, null));
        await Refused.WithAsync("field-missing", RefusalKind.Invalid, () => publication.WithdrawAsync(entry.Id, "").AsTask());
        Assert.Equal(PublicationState.Withdrawn, (await publication.WithdrawAsync(entry.Id, "原决定已撤销")).State);
    }

    [Theory]
    [InlineData(null, PublicResult.NoProblem, PublicResult.OrderedToRectify)]
    [InlineData(PublicResult.NoSuchActivity, PublicResult.NoSuchActivity, PublicResult.NoSuchActivity)]
    public async Task A_result_that_the_diagram_names_stays_where_one_that_was_derived_follows_what_is_found(string? named, string first, string later)
    {
        var (one, _) = await _world.VisitedAsync("EH-01");
        var found = Assert.Single(await _world.Session.ListAsync<Finding>(new AggregateFilter { CaseId = one.Id }));
        _world.Session.Save(found with { Disposition = Disposition.Refuted });
        await new CaseService(_world.Session, _world, _world).EndTaskAsync(one.Id, VisitOutcome.NoProblem);
        var publication = new PublicationService(_world.Session, _world);
        Assert.Equal(first, (await publication.PrepareAsync(one.Id, named)).Result);

        _world.Session.Save(found with { Disposition = Disposition.Rectification });
        await publication.FollowAsync(one.Id, "补充检查");
        var row = Assert.Single(await _world.Session.ListAsync<PublicationEntry>(new AggregateFilter { CaseId = one.Id }));
        Assert.Equal((later, "责令改正"), (row.Result, row.Handling));
    }

    [Fact]
    public async Task Sealed_matters_and_minors_are_never_published_nor_individuals_unmasked()
    {
        _world.Target = _world.Target with { IsIndividual = true, Name = "欧阳样例", TradeName = "样例旅店" };
        var (one, _) = await _world.VisitedAsync("EH-02");
        await new CaseService(_world.Session, _world, _world).EndTaskAsync(one.Id, VisitOutcome.File);

        var publication = new PublicationService(_world.Session, _world);
        var entry = await publication.PrepareAsync(one.Id);

        // “未发现问题” would be untrue and anything else would tell what is sealed: the row is withheld, and nobody can publish it.
        Assert.Equal((PublicationService.Withheld, "无"), (entry.Result, entry.Handling));
        _world.As(World.WithRole(Role.PublicationReviewer));
        await Refused.WithAsync("result-withheld", RefusalKind.Conflict, () => publication.ReviewAsync(entry.Id, true, null).AsTask());
        Assert.Equal(PublicationService.Withheld, await publication.ReviewAsync(entry.Id, false, "所涉问题依法不公开"));
        Assert.Equal(("样例旅店（经营者欧***）", (string?)null), (entry.TargetName, entry.CreditCode));
    }

    [Fact]
    public async Task What_is_not_sealed_beside_a_sealed_matter_is_published_alone()
    {
        var (one, _) = await _world.VisitedAsync("EH-02", "EH-20");
        await new CaseService(_world.Session, _world, _world).EndTaskAsync(one.Id, VisitOutcome.File);
        var publication = new PublicationService(_world.Session, _world);
        var entry = await publication.PrepareAsync(one.Id);
        Assert.NotEqual(PublicationService.Withheld, entry.Result);
        _world.As(World.WithRole(Role.PublicationReviewer));
        await publication.ReviewAsync(entry.Id, true, null);
        foreach (var finding in await _world.Session.ListAsync<Finding>(new AggregateFilter { CaseId = one.Id }))
        {
            _world.Session.Save(finding with { Disposition = finding.Sealed ? Disposition.Filing : Disposition.Rectified });
        }

        // The sealed matter goes on as a case; the public row tells of the other one only.
        Assert.Equal("已改正", (await publication.UpdateHandlingAsync(entry.Id)).Handling);
    }

    [Fact]
    public async Task A_score_counts_a_case_once_and_leaves_sealed_matters_out()
    {
        var (one, _) = await _world.VisitedAsync("EH-02", "EH-20");
        var scores = new ScoreService(_world.Session, _world);
        await scores.CountCaseAsync(one.Id);
        var score = await scores.CountCaseAsync(one.Id);

        Assert.Equal(95, score.Points);
    }

    [Fact]
    public async Task An_objection_to_a_score_is_made_once_and_answered_once_and_each_side_is_told()
    {
        var (one, _) = await _world.VisitedAsync("EH-20");
        var scores = new ScoreService(_world.Session, _world);
        var score = await scores.CountCaseAsync(one.Id);
        _world.Session.Outbox.Clear();
        _world.As(new Actor { Id = $"party:{one.TargetId}", Name = "样例当事人", Roles = [Role.Party] });
        await scores.ObjectAsync(score.Id, 1, "已当场改正");
        // The words of an open objection stay as they are.
        Assert.Equal("objection-open", (await Assert.ThrowsAsync<RuleViolationException>(async () => await scores.ObjectAsync(score.Id, 1, "改写"))).Code);
        Assert.Equal("已当场改正", Assert.Single((await _world.Session.FindAsync<SupervisionScore>(score.Id))!.Changes).Objection);
        var asked = Assert.Single(_world.Session.Outbox);
        Assert.Equal(("role:supervisor", "评分异议"), (asked.Recipient, asked.Kind));

        _world.As(World.WithRole(Role.Supervisor));
        // Not upheld: 100 − 5 stays.
        var answered = await scores.AnswerAsync(score.Id, 1, falls: false, "现场记录属实");
        Assert.Equal((95, false), (answered.Points, Assert.Single(answered.Changes).Repaired));
        Assert.Equal("already-decided", (await Assert.ThrowsAsync<RuleViolationException>(async () => await scores.AnswerAsync(score.Id, 1, falls: true, "改判"))).Code);
        var told = _world.Session.Outbox[^1];
        Assert.Equal(($"party:{one.TargetId}", "评分异议答复"), (told.Recipient, told.Kind));
        Assert.All(_world.Session.Outbox, message => Assert.True(!message.Text.Contains("改正", StringComparison.Ordinal) && message.Text.Contains(one.Number, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(90, "A")]
    [InlineData(89, "B")]
    [InlineData(75, "B")]
    [InlineData(74, "C")]
    [InlineData(60, "C")]
    [InlineData(59, "D")]
    public void A_score_has_its_class(int points, string grade) => Assert.Equal(grade, SupervisionScore.GradeOf(points));

    [Fact]
    public async Task Messages_carry_number_date_and_link_but_no_names()
    {
        var one = await _world.OpenCaseAsync();
        await new NoticeService(_world.Session).SendAsync(one.Id, ["department:FIR"], "提醒", new DateOnly(2026, 12, 8));

        var message = Assert.Single(_world.Session.Outbox);
        Assert.Contains("2026年12月8日", message.Text, StringComparison.Ordinal);
        Assert.Contains(one.Number, message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(one.Target.Name, message.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("样例", true, null, "样*")]
    [InlineData("样例甲", true, null, "样**")]
    [InlineData("样", true, null, "样*")]
    [InlineData("样例样例样例甲", true, null, "样***")]
    [InlineData("𠮷例甲", true, null, "𠮷**")] // the first character needs two code units
    [InlineData("样例甲", true, "样例小吃店", "样例小吃店（经营者样**）")]
    [InlineData("样例电竞酒店有限公司", false, null, "样例电竞酒店有限公司")]
    [InlineData("样例电竞酒店有限公司", false, "样例酒店", "样例电竞酒店有限公司")]
    public void A_person_is_masked_in_public_and_a_firm_is_whole(string name, bool isIndividual, string? trade, string shown) =>
        Assert.Equal(shown, PublicationService.NameOf(new TargetSnapshot { Id = "T", Name = name, Kind = "Premises", Address = "样例路1号", IsIndividual = isIndividual, TradeName = trade }));

    [Fact]
    public async Task A_party_link_opens_its_own_case_until_it_expires()
    {
        var one = await _world.OpenCaseAsync();
        var parties = new PartyService(_world.Session, _world);
        var token = new string('t', 40);
        var link = await parties.OpenLinkAsync(one.Id, token, 30);
        Assert.DoesNotContain(token, link.ToString(), StringComparison.Ordinal);
        Assert.Equal("party:T001", (await parties.FindPartyAsync(token))!.Id);
        Assert.Null(await parties.FindPartyAsync(token + "x"));

        _world.As((await parties.FindPartyAsync(token))!);
        Assert.NotNull(await parties.SubmitStatementAsync(new SubmitStatement(one.Id, "情况属实，已整改")));
        _world.As(World.Party("T002"));
        await Refused.WithAsync("not-own-case", RefusalKind.NotFound, () => parties.SubmitStatementAsync(new SubmitStatement(one.Id, "x")).AsTask());
        _world.Session.Now = link.ExpiresAt;
        Assert.Null(await parties.FindPartyAsync(token));
    }
}
