namespace Workflows.Host.Tests.Access;

/// <summary>Who may call which route, written down apart from the product: a route without a line here fails the tests.</summary>
internal static class RouteTable
{
    public static readonly string[] AllRoles =
    [
        "analyst", "inspector", "assistant", "department-head", "legal-reviewer", "supervisor", "dispatcher", "publication-reviewer", "auditor", "administrator",
    ];

    private const string Staff = "analyst inspector assistant department-head legal-reviewer supervisor dispatcher publication-reviewer auditor administrator";
    private const string Readers = "inspector assistant department-head legal-reviewer supervisor dispatcher publication-reviewer auditor";
    private const string Workers = "inspector assistant department-head legal-reviewer supervisor dispatcher publication-reviewer";
    private const string Anybody = "*";

    /// <summary>Method and pattern, and the roles that may call it; <c>*</c> needs no sign-in.</summary>
    public static IReadOnlyDictionary<string, string> Routes { get; } = new Dictionary<string, string>
    {
        ["POST /api/session"] = Anybody,
        ["POST /api/session/refresh"] = Anybody,
        ["GET /api/session"] = Staff,
        ["PUT /api/session/password"] = Staff,
        ["GET /api/users"] = "administrator",
        ["POST /api/users"] = "administrator",
        ["PUT /api/users/{id}"] = "administrator",
        ["PUT /api/users/{id}/password"] = "administrator",
        ["GET /api/plans"] = Readers,
        ["POST /api/plans"] = "inspector department-head dispatcher",
        ["GET /api/plans/{id}"] = Readers,
        ["GET /api/plans/{id}/draw"] = Readers,
        ["GET /api/plans/{id}/draw/record"] = Readers,
        ["GET /api/cases"] = Readers,
        ["GET /api/cases/{id}"] = Readers,
        ["GET /api/cases/{id}/timeline"] = Readers,
        ["GET /api/cases/{id}/waits"] = Readers,
        ["GET /api/cases/{id}/findings"] = Readers,
        ["GET /api/cases/{id}/orders"] = Readers,
        ["GET /api/cases/{id}/extensions"] = Readers,
        ["GET /api/cases/{id}/proofs"] = Readers,
        ["GET /api/cases/{id}/reinspections"] = Readers,
        ["GET /api/cases/{id}/services"] = Readers,
        ["GET /api/cases/{id}/clocks"] = Readers,
        ["POST /api/cases/{id}/party-links"] = "inspector department-head",
        ["POST /api/cases/{id}/evidence"] = "inspector assistant",
        ["GET /api/evidence/{id}"] = Readers,
        ["GET /api/tasks"] = Readers,
        ["GET /api/tasks/{id}"] = Readers,
        ["POST /api/tasks/{id}/complete"] = Workers,
        ["POST /api/tasks/{id}/seen"] = Workers,
        ["GET /api/documents"] = Readers,
        ["GET /api/documents/{id}"] = Readers,
        ["GET /api/documents/{id}/html"] = Readers,
        ["GET /api/public/documents"] = Anybody,
        ["GET /api/overdue"] = Readers,
        ["GET /api/cards"] = Readers,
        ["POST /api/cards/{id}/hold"] = "dispatcher",
        ["POST /api/cards/{id}/release"] = "dispatcher",
        ["POST /api/cards/{id}/answer"] = "department-head",
        ["POST /api/cards/{id}/appeal"] = "department-head inspector",
        ["POST /api/cards/{id}/appeal/decide"] = "supervisor",
        ["GET /api/supervision-orders"] = Readers,
        ["POST /api/supervision-orders/{id}/objection"] = "department-head",
        ["POST /api/supervision-orders/{id}/objection/decide"] = "department-head supervisor",
        ["GET /api/party/{token}"] = Anybody,
        ["GET /api/party/{token}/documents/{id}"] = Anybody,
        ["POST /api/party/{token}/evidence"] = Anybody,
        ["POST /api/party/{token}/proofs"] = Anybody,
        ["POST /api/party/{token}/extensions"] = Anybody,
        ["POST /api/party/{token}/statements"] = Anybody,
        ["GET /api/rosters/targets"] = Readers + " administrator analyst",
        ["GET /api/rosters/officers"] = Readers + " administrator analyst",
        ["GET /api/rosters/departments"] = Readers + " administrator analyst",
        ["GET /api/rosters/towns"] = Readers + " administrator analyst",
        ["PUT /api/rosters/departments/{district}/{code}/contact"] = "administrator",
        ["POST /api/rosters/{kind}/import"] = "administrator dispatcher",
        ["GET /api/scenarios"] = Readers + " administrator analyst",
        ["GET /api/scenarios/{code}"] = Readers + " administrator analyst",
        ["GET /api/definitions"] = "administrator analyst",
        ["POST /api/definitions/validate"] = "administrator analyst",
        ["GET /api/calendar"] = Readers + " administrator analyst",
        ["POST /api/calendar"] = "administrator",
        ["GET /api/audit"] = "auditor",
        ["GET /api/audit/cases/{id}"] = "auditor supervisor",
        ["GET /api/operations/incidents"] = "administrator dispatcher",
        ["GET /api/operations/faulted"] = "administrator dispatcher",
        ["GET /api/operations/stuck"] = "administrator dispatcher",
        ["GET /api/operations/outbox"] = "administrator",
        ["GET /api/operations/timers"] = "administrator dispatcher",
        ["GET /api/sample/clock"] = Staff,
        ["POST /api/sample/clock"] = Staff,
        ["GET /health/live"] = Anybody,
        ["GET /health/ready"] = Anybody,
        ["GET /metrics"] = Anybody,
        ["GET /openapi/{documentName}.json"] = Anybody,
    };
}
