using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Engine.Bursts;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;
using Workflows.Storage.Tests.Engine;
using Workflows.Storage.Tests.Stores;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Tests.Definitions;

public sealed class SqlitePackageDraftTests(SqliteFixture fixture) : PackageDraftTests(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresPackageDraftTests(PostgresFixture fixture) : PackageDraftTests(fixture), IClassFixture<PostgresFixture>;

/// <summary>Drafts of packages: what belongs together, what is published in one commit, and what files do to an analyst's work.</summary>
public abstract class PackageDraftTests(StoreFixture fixture)
{
    private static readonly Actor Analyst = new() { Id = "a1", Name = "分析师", Roles = ["analyst"] };
    private int _keys;

    [Fact]
    public async Task The_first_change_opens_a_draft_of_everything_and_the_next_go_into_it()
    {
        await using TestStore store = await OpenAsync();
        await FilesAsync(store, "h1", "one");
        string first = (await Drafts(store).VersionsAsync("s"))[0].VersionId;
        WorkflowDefinitionRow plan = await SaveAsync(store, "plan", "two");
        IReadOnlyList<PackageSummary> versions = await Drafts(store).VersionsAsync("s");
        PackageSummary draft = PackageSummary.DraftOf(versions)!;
        Assert.Equal([(1, true, "files"), (2, false, "studio")], versions.Select(v => (v.Version, v.IsPublished, v.Source)));
        Assert.Equal(draft.VersionId + ":plan", plan.VersionId);
        Assert.Equal(["case 2 draft", "plan 2 draft"], await StandingAsync(store));
        WorkflowDefinitionRow unchangedCase = await SaveAsync(store, "case", "one");
        Assert.Equal(draft.VersionId + ":case", unchangedCase.VersionId);
        PackageSummary saved = await Drafts(store).SaveFileAsync("s", "scenario.json", "{\"x\":2}", DefinitionStore.HashOf("{}"), VersionOf, Key(), Analyst);
        Assert.Equal(draft.VersionId, saved.VersionId);
        PackageText text = (await Drafts(store).ReadAsync(draft.VersionId))!;
        Assert.Equal("{\"x\":2}", text.Files["scenario.json"]);
        Assert.Contains("two", text.Files["plan.json"], StringComparison.Ordinal);
        Assert.DoesNotContain("\"version\": 2,", text.Files["plan.json"], StringComparison.Ordinal);
        Assert.Equal("{}", (await Drafts(store).ReadAsync(first))!.Files["scenario.json"]);
        Assert.Equal("分析师", (await Drafts(store).LastChangeAsync(draft)).SavedBy);
    }

    [Fact]
    public async Task Equal_content_opens_nothing()
    {
        await using TestStore store = await OpenAsync();
        await FilesAsync(store, "h1", "one");
        await SaveAsync(store, "plan", "one");
        await Drafts(store).SaveFileAsync("s", "scenario.json", "{}", DefinitionStore.HashOf("{}"), VersionOf, Key(), Analyst);
        Assert.Single(await Drafts(store).VersionsAsync("s"));
    }

    [Fact]
    public async Task Two_savers_open_one_draft()
    {
        await using TestStore store = await OpenAsync();
        await FilesAsync(store, "h1", "one");
        await Task.WhenAll(SaveAsync(store, "plan", "two"), SaveAsync(store, "case", "three"), SaveAsync(store, "plan", "four"));
        Assert.Equal(2, (await Drafts(store).VersionsAsync("s")).Count);
        Assert.Equal(["case 2 draft", "plan 2 draft"], await StandingAsync(store));
        Assert.Contains("three", (await LatestAsync(store, "case")).Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publication_is_all_of_it_or_nothing()
    {
        await using TestStore store = await OpenAsync();
        await FilesAsync(store, "h1", "one");
        await SaveAsync(store, "plan", "two");
        PackageText looked = await StandingTextAsync(store);
        await SaveAsync(store, "case", "later");
        Assert.Null(await Drafts(store).PublishAsync(looked, "h2", Key(), Analyst));
        Assert.Equal("h1", (await Drafts(store).VersionsAsync("s")).Single(v => v.IsPublished).Hash);
        PackageSummary published = (await Drafts(store).PublishAsync(await StandingTextAsync(store), "h2", Key(), Analyst))!;
        Assert.Equal(("h2", 2), (published.Hash, published.Version));
        Assert.Equal(["case 2 published", "plan 2 published"], await StandingAsync(store));
        Assert.Equal(2, await store.QueryAsync(c => c.Set<WorkflowDefinitionRow>().CountAsync(d => d.IsPublished)));
        StimulusResult run = await store.Pump.SendAsync(new StartWorkflow { Key = Key(), Workflow = new WorkflowReference("case") });
        Assert.Equal(["later"], run.Lines);
        StimulusResult old = await store.Pump.SendAsync(new StartWorkflow { Key = Key(), Workflow = new WorkflowReference("case", null, 1) });
        Assert.Equal(["one"], old.Lines);
    }

    [Fact]
    public async Task Discarding_and_retracting_leave_what_was_before()
    {
        await using TestStore store = await OpenAsync();
        await FilesAsync(store, "h1", "one");
        await SaveAsync(store, "plan", "two");
        Assert.True(await Drafts(store).DiscardAsync("s", Key(), Analyst));
        Assert.False(await Drafts(store).DiscardAsync("s", Key(), Analyst));
        Assert.Equal(["case 1 published", "plan 1 published"], await StandingAsync(store));
        Assert.True(await Drafts(store).RetractAsync("s", Key(), Analyst));
        Assert.False(await Drafts(store).RetractAsync("s", Key(), Analyst));
        await Assert.ThrowsAsync<UnknownWorkflowException>(async () => await store.Pump.SendAsync(new StartWorkflow { Key = Key(), Workflow = new WorkflowReference("case") }));
        // What instances may run on is never changed in place.
        await SaveAsync(store, "case", "two");
        Assert.Equal(["case 2 draft", "plan 2 draft"], await StandingAsync(store));
    }

    [Fact]
    public async Task Files_never_cover_what_an_analyst_has_done()
    {
        await using TestStore store = await OpenAsync();
        await FilesAsync(store, "h1", "one");
        await SaveAsync(store, "plan", "mine");
        Assert.Equal(PackageOutcome.Unchanged, await FilesAsync(store, "h1", "one"));
        Assert.Equal(PackageOutcome.Held, await FilesAsync(store, "h9", "theirs"));
        Assert.Contains("mine", (await LatestAsync(store, "plan")).Json, StringComparison.Ordinal);
        await Drafts(store).PublishAsync(await StandingTextAsync(store), "h2", Key(), Analyst);
        // The same files as before are no news; others become a draft.
        Assert.Equal(PackageOutcome.Unchanged, await FilesAsync(store, "h1", "one"));
        Assert.Equal(PackageOutcome.Drafted, await FilesAsync(store, "h9", "theirs"));
        Assert.Equal(PackageOutcome.Unchanged, await FilesAsync(store, "h9", "theirs"));
        Assert.Equal(["case 3 draft", "plan 3 draft"], await StandingAsync(store));
        Assert.Equal("h2", (await Drafts(store).VersionsAsync("s")).Single(v => v.IsPublished).Hash);
    }

    [Fact]
    public async Task Force_publishes_the_files_and_keeps_the_draft_as_an_older_version()
    {
        await using TestStore store = await OpenAsync();
        await FilesAsync(store, "h1", "one");
        await SaveAsync(store, "plan", "mine");
        Assert.Equal(PackageOutcome.Published, await FilesAsync(store, "h9", "theirs", force: true));
        Assert.Equal(["case 3 published", "plan 3 published"], await StandingAsync(store));
        IReadOnlyList<PackageSummary> versions = await Drafts(store).VersionsAsync("s");
        Assert.Null(PackageSummary.DraftOf(versions));
        Assert.Contains("mine", (await Drafts(store).ReadAsync(versions[1].VersionId))!.Files["plan.json"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_or_a_diagram_that_is_taken_makes_no_new_package()
    {
        await using TestStore store = await OpenAsync();
        await FilesAsync(store, "h1", "one");
        foreach ((string name, string definition) in new[] { ("s", "other"), ("t", "plan") })
        {
            RuleViolationException taken = await Assert.ThrowsAsync<RuleViolationException>(async () => await Drafts(store).CreateAsync(name, "h", Texts("x"), [Diagram(definition, "x")], VersionOf, Key(), Analyst));
            Assert.Equal("scenario-exists", taken.Code);
        }
        await Drafts(store).CreateAsync("t", "h", Texts("x"), [Diagram("t-plan", "x")], VersionOf, Key(), Analyst);
        Assert.True(await Drafts(store).DiscardAsync("t", Key(), Analyst));
        Assert.Empty(await Drafts(store).VersionsAsync("t"));
        Assert.Equal(0, await store.QueryAsync(c => c.Set<WorkflowDefinitionRow>().CountAsync(d => d.DefinitionId == "t-plan")));
    }

    [Fact]
    public async Task A_deleted_definition_stays_readable_where_instances_ran()
    {
        await using TestStore store = await OpenAsync();
        var definitions = store.Services.GetRequiredService<DefinitionStore>();
        var queries = store.Services.GetRequiredService<DefinitionQueries>();
        WorkflowDefinitionRow row = await definitions.SaveAsync(Diagram("alone", "x"), publish: true, "studio", Key(), Analyst);
        await store.Pump.SendAsync(new StartWorkflow { Key = Key(), Workflow = new WorkflowReference("alone") });
        Assert.True(await definitions.DeleteAsync("alone", Key(), Analyst));
        Assert.False(await definitions.DeleteAsync("alone", Key(), Analyst));
        Assert.Null(await queries.FindAsync("alone", new VersionSelection(VersionKind.Latest)));
        Assert.Equal(row.VersionId, (await queries.FindVersionAsync(row.VersionId))!.VersionId);
        WorkflowDefinitionRow again = await definitions.SaveAsync(Diagram("alone", "x"), publish: false, "studio", Key(), Analyst);
        Assert.Equal(2, again.Version);
    }

    private static string VersionOf(string package, string definition) => $"{package}:{definition}";

    private static string Diagram(string id, string text) =>
        "{\"definitionId\":\"" + id + "\",\"name\":\"" + id + "\",\"root\":{\"id\":\"w\",\"type\":\"Elsa.WriteLine\",\"version\":1,\"text\":{\"typeName\":\"String\",\"expression\":{\"type\":\"Literal\",\"value\":\"" + text + "\"}}}}";

    private static Dictionary<string, string> Texts(string text) => new()
    {
        ["plan.json"] = Diagram("plan", text), ["case.json"] = Diagram("case", text), ["scenario.json"] = "{}",
    };

    private static PackageDraftStore Drafts(TestStore store) => store.Services.GetRequiredService<PackageDraftStore>();

    private static async Task<WorkflowDefinitionRow> LatestAsync(TestStore store, string id) =>
        await store.QueryAsync(c => c.Set<WorkflowDefinitionRow>().SingleAsync(d => d.DefinitionId == id && d.IsLatest));

    private static async Task<List<string>> StandingAsync(TestStore store) =>
        await store.QueryAsync(c => c.Set<WorkflowDefinitionRow>().Where(d => d.IsLatest).OrderBy(d => d.DefinitionId).Select(d => d.DefinitionId + " " + d.Version + (d.IsPublished ? " published" : " draft")).ToListAsync());

    private string Key() => $"key-{++_keys}";

    private async Task<PackageText> StandingTextAsync(TestStore store) => (await Drafts(store).ReadAsync((await Drafts(store).VersionsAsync("s"))[^1].VersionId))!;

    private async Task<PackageOutcome> FilesAsync(TestStore store, string hash, string text, bool force = false) =>
        await store.Services.GetRequiredService<PackageStore>().PublishAsync("s", hash, Texts(text), [Diagram("plan", text), Diagram("case", text)], VersionOf, force);

    private async Task<WorkflowDefinitionRow> SaveAsync(TestStore store, string id, string text) =>
        await Drafts(store).SaveDefinitionAsync("s", Diagram(id, text), VersionOf, Key(), Analyst);

    private async Task<TestStore> OpenAsync()
    {
        var store = new TestStore(fixture.Open(await fixture.CreateAsync()), new MovableClock(TestStore.Start), new PumpOptions(), realEngine: true);
        await store.Pump.StartAsync(default);
        return store;
    }
}
