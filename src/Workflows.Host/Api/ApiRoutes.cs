using Workflows.Host.Access;
using Workflows.Host.Api.Audit;
using Workflows.Host.Api.Calendars;
using Workflows.Host.Api.Cases;
using Workflows.Host.Api.Catalogues;
using Workflows.Host.Api.Definitions;
using Workflows.Host.Api.Deputies;
using Workflows.Host.Api.Documents;
using Workflows.Host.Api.Endpoints;
using Workflows.Host.Api.Escalation;
using Workflows.Host.Api.Evidences;
using Workflows.Host.Api.Exchange;
using Workflows.Host.Api.Exports;
using Workflows.Host.Api.Leads;
using Workflows.Host.Api.Live;
using Workflows.Host.Api.Measures;
using Workflows.Host.Api.Messages;
using Workflows.Host.Api.Operations;
using Workflows.Host.Api.Oversight;
using Workflows.Host.Api.Papers;
using Workflows.Host.Api.Party;
using Workflows.Host.Api.Plans;
using Workflows.Host.Api.Projects;
using Workflows.Host.Api.Public;
using Workflows.Host.Api.Rosters;
using Workflows.Host.Api.Scenarios;
using Workflows.Host.Api.StuckMatters;
using Workflows.Host.Api.Subscriptions;
using Workflows.Host.Api.Tasks;
using Workflows.Host.Api.Transfers;
using Workflows.Host.Api.Visits;
using Workflows.Host.Api.Visits.Field;
using Workflows.Host.Elsa;
using Workflows.Host.Identity;
using Workflows.Host.Observability;
using Workflows.Host.Sample;
using Workflows.Host.Trials;
using Workflows.Host.Web;

namespace Workflows.Host.Api;

/// <summary>All routes of the service, by group.</summary>
internal static class ApiRoutes
{
    /// <summary>Maps them.</summary>
    public static void MapApi(this WebApplication application)
    {
        var api = application.MapGroup("/api");
        api.MapSession();
        api.MapUsers();
        api.MapPlans();
        api.MapCases();
        api.MapCaseDiagrams();
        api.MapTasks();
        api.MapTaskHandover();
        api.MapTaskPush();
        api.MapWorkerTasks();
        api.MapDocuments();
        api.MapLate();
        api.MapMessages();
        api.MapSubscriptions();
        api.MapDeputies();
        api.MapPapers();
        api.MapListExports();
        api.MapPublicDraws();
        api.MapPlanStart();
        api.MapWithdrawal();
        api.MapFrequency();
        api.MapMerges();
        api.MapVisitCodes();
        api.MapFieldWork();
        api.MapMeasures();
        api.MapOversight();
        api.MapEscalation();
        api.MapCardHolds();
        api.MapConsultations();
        api.MapParty();
        api.MapStatements();
        api.MapPublicReading();
        api.MapPublicReports();
        api.MapEvidence();
        api.MapRecognition();
        api.MapTransfers();
        api.MapExchange();
        api.MapRosters();
        api.MapCatalogues();
        api.MapLeads();
        api.MapLeadActs();
        api.MapLeadEvidence();
        api.MapProjects();
        api.MapStuckMatters();
        api.MapDefinitions();
        api.MapScenarioDesk();
        api.MapScenarioFiles();
        api.MapPreview();
        api.MapCalendar();
        api.MapCalendarDays();
        api.MapAudit();
        api.MapOperations();
        api.MapLive();
        api.MapSampleClock();
        api.MapTrials();
        application.MapElsa();
        application.MapWorkflowEndpoints();
        application.MapWeb();
        application.MapHealth();
        application.MapOpenApi("/openapi/{documentName}.json").ForAnybody();
    }
}
