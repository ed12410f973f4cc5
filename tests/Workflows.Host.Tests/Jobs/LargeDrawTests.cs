using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Tests.Stores;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Outbox;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Jobs;

/// <summary>A draw above the bound is a job. The bound is set so low here that every draw is one.</summary>
public abstract class LargeDrawTests(ServiceUnderTest service)
{
    [Fact]
    public async Task A_large_draw_waits_for_its_job_and_leaves_the_same_bytes_as_in_the_burst()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DoAsync("cul.head", "plan.approve", "批准", new { note = "同意" });
        service.Clock.Advance(TimeSpan.FromMinutes(5));
        // Nobody is there to do the job, as after a crash.
        var outbox = service.Services.GetRequiredService<OutboxDelivery>();
        await outbox.StopAsync(CancellationToken.None);
        await journey.DoAsync("dispatcher", "plan.public-value", null, new EnterPublicValue("305184", "见证人现场投掷的六位数字", "样例见证人", "区司法局派员"));
        var wait = await RowAsync<BookmarkRow>(row => row.CorrelationId == journey.PlanId && row.WaitName == "后台抽取");
        Assert.Equal(("department:CUL", "DrawTargetsAndOfficers", service.Now + TimeSpan.FromMinutes(30)), (wait.WaitOwner, wait.ActivityId, wait.DueAt!.Value));
        var job = await RowAsync<OutboxRow>(row => row.Channel == "draw" && row.BookmarkId == wait.Id);
        Assert.Equal(("Pending", journey.PlanId, "DrawTargetsAndOfficers"), (job.State, job.Recipient, job.ActivityId));
        Assert.Equal(PlanState.ValueKnown, (await PlanAsync(journey)).State);

        await outbox.StartAsync(CancellationToken.None);
        await service.UntilAsync(async () => (await PlanAsync(journey)).State == PlanState.Drawn);
        var drawn = Assert.Single(await DrawFilesAsync(journey));
        var state = (await RowAsync<WorkflowInstanceRow>(row => row.CorrelationId == journey.PlanId)).State;
        Assert.DoesNotContain("ssf-draw-record", state, StringComparison.Ordinal);

        // The same plan, secret and rosters once more, in a burst that is then given up.
        DrawFile? inBurst = null;
        await Assert.ThrowsAsync<GivenUpException>(() => InSessionAsync(journey, async (session, draws) =>
        {
            var plan = (await session.FindAsync<InspectionPlan>(journey.PlanId))!;
            session.Save(plan with { State = PlanState.ValueKnown, Draw = null });
            Assert.True(await draws.DrawAsync(plan.Id));
            inBurst = await session.FindAsync<DrawFile>((await session.FindAsync<InspectionPlan>(plan.Id))!.Draw!.DrawFileId);
            throw new GivenUpException();
        }));
        Assert.NotEqual(drawn.Id, inBurst!.Id);
        Assert.Equal((drawn.Sha256, drawn.Json), (inBurst.Sha256, inBurst.Json));
        await journey.DoAsync("cul.head", "plan.confirm-draw", "确认", new { note = "已核对" });
        Assert.Single((await PlanAsync(journey)).CaseIds);
    }

    [Fact]
    public async Task What_differs_from_the_commitment_is_refused_by_the_job_and_shows_as_an_incident()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DoAsync("cul.head", "plan.approve", "批准", new { note = "同意" });
        service.Clock.Advance(TimeSpan.FromMinutes(5));
        await InSessionAsync(journey, async (session, _) =>
        {
            var sheet = (await session.FindAsync<DrawSheet>((await session.FindAsync<InspectionPlan>(journey.PlanId))!.TargetRoster!.SnapshotId))!;
            session.Save(sheet with { Pool = sheet.Pool.SetItem(0, sheet.Pool[0] with { Weight = sheet.Pool[0].Weight + 1 }) });
        });
        await journey.DoAsync("dispatcher", "plan.public-value", null, new EnterPublicValue("305184", "见证人现场投掷的六位数字", "样例见证人", "区司法局派员"));
        await service.UntilAsync(async () => (await RowAsync<WorkflowInstanceRow>(row => row.CorrelationId == journey.PlanId)).IncidentCount > 0);
        Assert.Equal(PlanState.ValueKnown, (await PlanAsync(journey)).State);
        Assert.Empty(await DrawFilesAsync(journey));
    }

    private Task<StimulusResult> InSessionAsync(DistrictJourney journey, Func<ISupervisionSession, PlanDraw, Task> act) => service.Services.GetRequiredService<StimulusPump>().SendAsync(new DomainCommand
    {
        Key = $"burst|{journey.PlanId}",
        CaseKey = journey.PlanId,
        Execute = async (session, services, _) =>
        {
            await act(session, services.GetRequiredService<PlanDraw>());
            return true;
        },
    }).AsTask();

    private async Task<InspectionPlan> PlanAsync(DistrictJourney journey)
    {
        InspectionPlan? plan = null;
        await ReadAsync(async session => plan = await session.FindAsync<InspectionPlan>(journey.PlanId, CancellationToken.None));
        return plan!;
    }

    private async Task<IReadOnlyList<DrawFile>> DrawFilesAsync(DistrictJourney journey)
    {
        IReadOnlyList<DrawFile> files = [];
        await ReadAsync(async rows => files = await rows.ListAsync<DrawFile>(query => query.Where(row => row.PlanId == journey.PlanId), 10, CancellationToken.None));
        return files;
    }

    private async Task ReadAsync(Func<Workflows.Host.Api.Reading.AggregateReader, Task> read)
    {
        await using var scope = service.Services.CreateAsyncScope();
        await read(scope.ServiceProvider.GetRequiredService<Workflows.Host.Api.Reading.AggregateReader>());
    }

    private async Task<T> RowAsync<T>(System.Linq.Expressions.Expression<Func<T, bool>> which)
        where T : class
    {
        await using var scope = service.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<T>().AsNoTracking().SingleAsync(which);
    }
}

internal sealed class GivenUpException : Exception;

public sealed class SqliteLargeDrawTests(EveryDrawAJob service) : LargeDrawTests(service), IClassFixture<EveryDrawAJob>;

public sealed class PostgresLargeDrawTests(EveryDrawAJobOnPostgres service) : LargeDrawTests(service), IClassFixture<EveryDrawAJobOnPostgres>;

public sealed class EveryDrawAJob : SampleService
{
    protected override int? DrawInBurst => 1;
}

public sealed class EveryDrawAJobOnPostgres : PostgresSample
{
    protected override int? DrawInBurst => 1;
}
