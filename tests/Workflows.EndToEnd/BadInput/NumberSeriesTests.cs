using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Activities.Documents;
using Workflows.Host.Composition;
using Workflows.Host.Packages;
using Workflows.Storage.Model;
using Workflows.Storage.Postgres;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.EndToEnd.BadInput;

/// <summary>Orders issued at once through the real store, domain, templates and renderer.</summary>
public sealed class NumberSeriesTests
{
    private const int Orders = 200;
    private const string Area = "330203";
    private static readonly string[] Units = ["CUL", "HEA"];

    [Fact]
    public async Task Two_hundred_orders_at_once_take_consecutive_numbers_and_a_failed_rendering_none_on_sqlite() => await RunAsync(null);

    [Fact]
    public async Task Two_hundred_orders_at_once_take_consecutive_numbers_and_a_failed_rendering_none_on_postgres()
    {
        await using var cluster = await PrivateCluster.StartAsync(durable: false);
        await RunAsync(await cluster.CreateDatabaseAsync("numbers"));
    }

    private static async Task RunAsync(string? connection)
    {
        using var scratch = new ScratchFolder();
        var settings = new ServeSettings { DataFolder = scratch.Path, HomeFolder = Repository.Root, AdministratorPassword = "administrator-of-numbers", Connection = connection, CreatesSample = true };
        var failing = new FailingRenderer();
        await using var application = WorkflowsApplication.Build(settings, builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IDocumentRenderer>(failing);
        });
        await StartUp.PrepareAsync(application.Services, TextWriter.Null, CancellationToken.None);
        var version = (await application.Services.GetRequiredService<PackageCatalogue>().PublishedAsync(CancellationToken.None)).Single(package => package.Name == "esports-hotel").VersionId;
        var pump = application.Services.GetRequiredService<StimulusPump>();
        // Every fifth of them fails while it is rendered, which is behind the taking of its number.
        var orders = new List<(string Id, string Key, bool Fails)>();
        for (var n = 0; n < Orders + (Orders / 4); n++)
        {
            var fails = n % 5 == 4;
            var target = $"{(fails ? FailingRenderer.Mark : "样例电竞酒店")}{n:000}";
            orders.Add((await ApprovedOrderAsync(pump, version, n, target), $"numbers-{n}", fails));
        }

        var outcomes = await Task.WhenAll(orders.Select(async order =>
        {
            try
            {
                return (OfficialDocument?)(await CommandAsync(pump, order.Key, Person("HEA", 1), "issue",
                    async (_, services) => await services.GetRequiredService<DocumentIssuing>().IssueAsync(new IssueDocument("rectification-order", order.Id)))).Value;
            }
            catch (RuleViolationException refused) when (refused.Code == FailingRenderer.Code)
            {
                return null;
            }
        }));

        Assert.Equal(orders.Select(order => order.Fails), outcomes.Select(document => document is null));
        Assert.Equal(Enumerable.Range(1, Orders), outcomes.OfType<OfficialDocument>().Select(document => (int)document.Serial).Order());
        await using var scope = application.Services.CreateAsyncScope();
        var kept = await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<AggregateRow<OfficialDocument>>().AsNoTracking().Select(row => row.Reference).ToListAsync();
        Assert.Equal(outcomes.OfType<OfficialDocument>().Select(document => document.Number).Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
    }

    private static async Task<string> ApprovedOrderAsync(StimulusPump pump, string version, int number, string name)
    {
        var key = $"numbers-{number}";
        var prepared = await CommandAsync(pump, key, Person("CUL", 1), "prepare", async (session, services) =>
        {
            var today = ShanghaiTime.DateOf(session.Now);
            var target = new RosterTarget
            {
                Id = $"{Area}-NO-{number:000}", Name = name, Address = "样例路1号", TownCode = "330203009", District = Area, Departments = [.. Units],
                Tags = ["专业电竞酒店"], Representative = "样例人甲", Phone = "0574-00000000",
            };
            session.Save(TargetRecord.Of(target, session.CauseNow()));
            var matter = await services.GetRequiredService<CaseService>().OpenAsync(new OpenCase
            {
                TargetId = target.Id, PackageVersionId = version, Trigger = TriggerKind.MonthlyPlan, RootInstanceId = key, Departments = [.. Units],
            });
            var team = await services.GetRequiredService<TeamService>().FormAsync(
                new FormTeam(matter.Id, today, [.. Units.SelectMany(unit => new[] { new TeamChoice($"{unit}-01", unit), new TeamChoice($"{unit}-02", unit) })], null));
            var visits = services.GetRequiredService<VisitService>();
            var visit = await visits.PlanAsync(matter.Id, today, team.Id, null);
            await visits.ArriveAsync(visit.Id, new VisitArrival([.. Units.Select(unit => new Attendance(unit, [$"{unit}-01", $"{unit}-02"], []))]));
            await visits.ShowCertificatesAsync(visit.Id, new CertificatesShown("AC-1", "不申请回避"));
            var scenario = (await services.GetRequiredService<Supervision.Scenarios.IScenarioCatalogue>().FindAsync(version))!.Scenario;
            await services.GetRequiredService<VisitRecording>().RecordAsync(visit.Id, new VisitRecord(
                [.. Units.Select(unit => new VisitSection
                {
                    Department = unit,
                    Items = [.. scenario.Items.Where(item => item.SupervisingDepartment == unit && item.AppliesTo(matter.Target.Tags)).Select(item => item.Code == "EH-20"
                        ? new ItemResult { ItemCode = item.Code, Answer = ItemAnswer.NonCompliant, Facts = item.FindingWording, EvidenceIds = ["E1"] }
                        : new ItemResult { ItemCode = item.Code, Answer = ItemAnswer.Compliant })],
                    Signatures = [.. team.OfficersOf(unit).Select(member => new OfficerSignature(member.OfficerId, member.Name, member.CertificateNumber!, session.Now))],
                })],
                new PartySignature { PersonName = "样例人乙", Capacity = "店长", SignedAt = session.Now }));
            return (await services.GetRequiredService<OrderService>().PrepareAsync(new PrepareOrders(matter.Id))).OrderIds[0];
        });
        var id = (string)prepared.Value!;
        var head = Person("HEA", 0) with { Roles = [Role.DepartmentHead], OfficerId = null };
        await CommandAsync(pump, key, head, "approve", async (_, services) =>
        {
            await services.GetRequiredService<OrderService>().ApproveAsync(id, "同意");
            return id;
        });
        return id;
    }

    private static Actor Person(string department, int number) =>
        new() { Id = $"user-{department}-{number}", Name = $"样例{department}{number}", Roles = [Role.Inspector], Department = department, OfficerId = $"{department}-{number:00}", Area = Area };

    private static async Task<StimulusResult> CommandAsync(
        StimulusPump pump, string caseKey, Actor actor, string what, Func<ISupervisionSession, IServiceProvider, Task<object?>> act) =>
        await pump.SendAsync(new DomainCommand { Key = $"{what}|{caseKey}", CaseKey = caseKey, Actor = actor, Execute = async (session, services, _) => await act(session, services) });

    /// <summary>The real renderer, except for parties whose name bears the mark.</summary>
    private sealed class FailingRenderer : IDocumentRenderer
    {
        public const string Mark = "渲染失败";
        public const string Code = "template-failed";

        private readonly ScribanDocumentRenderer _real = new(TimeProvider.System);

        public RenderedDocument Render(DocumentTemplateSet templates, string scenario, string form, JsonElement model) => model.GetRawText().Contains(Mark, StringComparison.Ordinal)
            ? throw new RuleViolationException(RefusalKind.Invalid, Code, form, "模板错误")
            : _real.Render(templates, scenario, form, model);
    }
}
