namespace Workflows.Host.Tests.Access;

/// <summary>People of the authorities whom a case of the district 330203 is none of their business.</summary>
internal static class ForeignPeople
{
    private static readonly string[] AcrossDepartments = ["supervisor", "dispatcher", "auditor"];

    /// <summary>Department and area of those with a role: a department that takes no part, and the taking-part department of another district.</summary>
    public static IEnumerable<(string Department, string Area)> With(string role)
    {
        // These see every department of their own area, so that only another area is foreign to them.
        if (!AcrossDepartments.Contains(role))
            yield return ("TOB", "330203");
        yield return ("CUL", "330206");
        yield return ("HEA", "330206");
    }
}
