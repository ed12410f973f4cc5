namespace Workflows.Host.Elsa;

/// <summary>A refusal in the form that Studio shows: one red line for each message.</summary>
internal static class ElsaRefusal
{
    /// <summary>What an Elsa server answers to a mistake of the user.</summary>
    /// <param name="messages">What is wrong and what to do, one for each problem, in Chinese.</param>
    public static IResult Of(params IReadOnlyList<string> messages) => ElsaJson.Answer(
        new { statusCode = 400, message = "内容有误", errors = new Dictionary<string, IReadOnlyList<string>> { ["generalErrors"] = messages } },
        StatusCodes.Status400BadRequest);
}
