using Workflows.Engine.Definitions;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>守法承诺书: signed before the officers, issued into the file, and weighed in the next draw by whether it was kept.</summary>
public sealed class PromiseTests
{
    private const string Target = "91330203MA00000001";

    // A diagram of its own: the step, and what is drawn behind its ports.
    private const string Diagram = """
        {
          "id": "promise-1", "definitionId": "promise", "name": "承诺", "version": 1, "isLatest": true, "isPublished": true,
          "root": {
            "id": "Flow", "type": "Elsa.Flowchart", "version": 1, "activities": [
              { "id": "Sign", "type": "Supervision.SignPromise", "version": 1 },
              { "id": "SignedEnd", "type": "Elsa.End", "version": 1 },
              { "id": "NotSignedEnd", "type": "Elsa.End", "version": 1 }
            ],
            "connections": [
              { "source": { "activity": "Sign", "port": "已签" }, "target": { "activity": "SignedEnd", "port": "In" } },
              { "source": { "activity": "Sign", "port": "未签" }, "target": { "activity": "NotSignedEnd", "port": "In" } }
            ]
          }
        }
        """;

    [Fact]
    public async Task A_promise_that_is_signed_before_the_officers_is_issued_as_a_letter_and_lasts_as_long_as_the_scenario_says()
    {
        var run = await SignedAsync();

        var promise = Assert.Single(run.All<PartyStatement>()).Promise!;
        Assert.Equal(("样例负责人", "经营者", new DateOnly(2026, 12, 1), new DateOnly(2027, 12, 1)), (promise.Signer, promise.Capacity, promise.GivenOn, promise.ValidTo));
        Assert.Equal(["EH-05", "EH-08", "EH-15"], promise.Items);
        var letter = Assert.Single(run.All<OfficialDocument>());
        Assert.Equal(("promise-letter", "甬海曙文旅承诺字〔2026〕第0001号"), (letter.Form, letter.Number));
        Assert.Contains("如实登记每名住客，核验有效身份证件", letter.Html, StringComparison.Ordinal);
        Assert.Contains(run.Completed(), line => line.EndsWith("Sign 已签", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_does_not_sign_has_promised_nothing_and_a_promise_without_a_signature_is_none()
    {
        var run = await new CaseRun(WorkflowDefinition.Parse(Diagram)).StartAsync();
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => run.DoAsync("promise.sign", People.Officer("CUL"), "已签", new { signer = "样例负责人", capacity = "经营者" }));
        Assert.Equal(("evidence-missing", "data.evidenceIds"), (refused.Code, refused.Field));

        run = await new CaseRun(WorkflowDefinition.Parse(Diagram)).StartAsync();
        await run.DoAsync("promise.sign", People.Officer("CUL"), "未签");
        Assert.Empty(run.All<PartyStatement>());
        Assert.Empty(run.All<OfficialDocument>());
    }

    // Class B has 2 tickets and nobody was checked within twelve months, ×1.25: 2.5. Kept ×0.8 gives 2; broken ×1.5 gives 3.75, rounded 4.
    [Theory]
    [InlineData(null, false, 2, "信守守法承诺：×0.8")]
    [InlineData("EH-15", false, 4, "违背守法承诺：×1.5")]
    [InlineData("EH-23", false, 2, "信守守法承诺：×0.8")]
    [InlineData("EH-15", true, 2, "信守守法承诺：×0.8")]
    public async Task Whether_it_was_kept_weighs_in_the_next_draw(string? found, bool refuted, int weight, string reason)
    {
        var run = await SignedAsync();
        run.Session.Save(run.Case with { State = CaseState.Closed });
        run.Session.Now = run.Session.Now.AddDays(1);
        if (found is not null)
        {
            run.Session.Save(new Finding
            {
                Id = "F1", CaseKey = "k", CaseId = "case-later", TargetId = Target, Area = CaseRun.District, Created = new Cause(null, "a", "a", run.Session.Now), VisitId = "V1", ItemCode = found, ItemTitle = "x",
                SupervisingDepartment = "FIR", PenaltyDepartment = "FIR", Severity = Severity.Serious, PenaltyClause = PenaltyClause.Direct, ViolatedOn = new DateOnly(2026, 12, 2), Violates = [], Facts = "f",
                Disposition = refuted ? Disposition.Refuted : Disposition.Filing,
            });
        }

        var drawn = await ScoreLoopTests.DrawAsync(run, ["CUL", "PSB", "FIR", "HEA", "MKT"], 2026);
        var candidate = Assert.Single(drawn.Pool, c => c.Id == Target);
        Assert.Equal(weight, candidate.Weight);
        Assert.Contains(reason, candidate.WeightBasis, StringComparison.Ordinal);
    }

    private static async Task<CaseRun> SignedAsync()
    {
        var run = await new CaseRun(WorkflowDefinition.Parse(Diagram)).StartAsync();
        await run.DoAsync("promise.sign", People.Officer("CUL"), "已签", new { signer = "样例负责人", capacity = "经营者", evidenceIds = new[] { "E1" } });
        return run;
    }
}
