using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Workflows.Activities.Documents;
using Workflows.Activities.Escalation;
using Workflows.Activities.Filing;
using Workflows.Activities.Inspections;
using Workflows.Activities.Leads;
using Workflows.Activities.Planning;
using Workflows.Activities.Rectification;
using Workflows.Activities.Sampling;
using Workflows.Activities.Work;
using Workflows.Supervision.Enforcement;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Leniency;
using Workflows.Supervision.Sampling;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Web;

/// <summary>
/// The forms of the pages against the steps of the service: every kind has one, it knows every outcome, and what it hands in are members that the record of the step has. The file of what is
/// handed in is written by the pages' own tests, which fill in every form.
/// </summary>
public sealed class StepFormTests
{
    private static readonly JsonSerializerOptions s_strict = new(SupervisionJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>Steps that have a page of their own: at the door, and the party's.</summary>
    private static readonly string[] s_ownPages = ["visit.arrive", "visit.second", "visit.record", "party.proof", "party.extension", "party.retest"];

    private static readonly Dictionary<string, Type> s_records = new(StringComparer.Ordinal)
    {
        ["consultation.assignment"] = typeof(AssignmentDone),
        ["consultation.conclude"] = typeof(ConcludeConsultation),
        ["document.serve"] = typeof(ServiceReport),
        ["enforcement.execute"] = typeof(ExecutionReport),
        ["enforcement.supply"] = typeof(SupplyCut),
        ["extension.decide"] = typeof(ExtensionDecision),
        ["filing.decide"] = typeof(FilingDecision),
        ["filing.result"] = typeof(FilingResult),
        ["finding.education"] = typeof(EducationGiven),
        ["interview.call"] = typeof(CallInterview),
        ["interview.hold"] = typeof(RecordInterview),
        ["lead.confirm"] = typeof(LeadConfirmation),
        ["lead.settle"] = typeof(SettleLead),
        ["lead.trace"] = typeof(SourceTraced),
        ["leniency.propose"] = typeof(ProposeLeniency),
        ["order.prepare"] = typeof(OrderChoices),
        ["order.revise"] = typeof(OrderChoices),
        ["order.second-term"] = typeof(SecondTermDecision),
        ["order.unfiled"] = typeof(SecondTermDecision),
        ["plan.public-value"] = typeof(EnterPublicValue),
        ["promise.sign"] = typeof(PromiseSigned),
        ["project.patrol"] = typeof(PatrolReport),
        ["reinspection.record"] = typeof(RecordReinspection),
        ["sample.report"] = typeof(SampleReports),
        ["sample.retest"] = typeof(SampleReport),
        ["sample.take"] = typeof(SamplesTaken),
        ["supervision.reply"] = typeof(SupervisionAnswer),
        ["supervision.sign"] = typeof(SupervisionSignature),
        ["team.recusal-declaration"] = typeof(RecusalDeclaration),
        ["team.supplement"] = typeof(TeamSupplement),
        ["visit.arrive"] = typeof(ArrivalReport),
    };

    [Fact]
    public void Every_kind_of_step_that_a_person_does_has_a_form_for_each_of_its_outcomes()
    {
        var forms = Handed().GroupBy(one => one.Kind).ToDictionary(group => group.Key, group => group.Select(one => one.Outcome).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (kind, outcomes) in Steps().Where(step => !s_ownPages.Contains(step.Kind)))
        {
            Assert.True(forms.TryGetValue(kind, out var known), $"{kind} has no form");
            Assert.Empty(outcomes.Except(known));
        }
    }

    [Fact]
    public void What_a_form_hands_in_are_members_of_the_record_of_its_step()
    {
        foreach (var (kind, outcome, data) in Handed())
        {
            var type = s_records.GetValueOrDefault(kind) ?? (kind.StartsWith("enforcement.", StringComparison.Ordinal) ? typeof(EnforcementReport) : typeof(DecisionNote));
            // What is done instead of the execution is a step like the others; a step that was not done hands in nothing.
            type = kind == "enforcement.execute" && outcome == EnforcementProcedure.Performed ? typeof(EnforcementReport) : type;
            if (data.Count == 0)
                continue;
            try
            {
                Assert.NotNull(data.Deserialize(type, s_strict));
            }
            catch (JsonException wrong)
            {
                Assert.Fail($"{kind} {outcome}: {wrong.Message}");
            }
        }
    }

    [Fact]
    public void No_form_is_left_over_that_no_step_opens() =>
        Assert.Empty(Handed().Select(one => one.Kind).Distinct().Except(Steps().Select(step => step.Kind)));

    private static IEnumerable<(string Kind, IReadOnlyList<string> Outcomes)> Steps()
    {
        foreach (var type in typeof(HumanStep).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(HumanStep))))
        {
            var step = Activator.CreateInstance(type)!;
            yield return ((string)Read(type, "Kind", step)!, (IReadOnlyList<string>)Read(type, "Choices", step)!);
        }

        yield return ("lead.step", [LeadTask.DonePort, LeadTask.NotFoundPort, LeadTask.FilePort]);
        yield return (MeetingService.AssignmentKind, []);
    }

    private static object? Read(Type type, string name, object step) => type.GetProperty(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(step);

    private static IReadOnlyList<(string Kind, string Outcome, JsonObject Data)> Handed()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Workflows.slnx")))
            folder = folder.Parent;
        var file = Path.Combine(folder.FullName, "src", "Workflows.Web", "src", "steps", "handed-in.json");
        return [.. JsonNode.Parse(File.ReadAllText(file))!.AsArray().Select(one => (one!["kind"]!.GetValue<string>(), one["outcome"]!.GetValue<string>(), one["data"]!.AsObject()))];
    }

    private sealed record AssignmentDone(string Result);
}
