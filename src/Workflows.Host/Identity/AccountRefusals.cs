using Microsoft.AspNetCore.Identity;
using Workflows.Host.Problems;

namespace Workflows.Host.Identity;

/// <summary>What Identity refuses, as problem details.</summary>
internal static class AccountRefusals
{
    /// <summary>The first complaint of <paramref name="result"/>.</summary>
    /// <param name="result">A failed result.</param>
    /// <param name="passwordField">Name of the password's field in the request.</param>
    public static Refusal Of(IdentityResult result, string passwordField)
    {
        var error = result.Errors.First();
        return error.Code switch
        {
            nameof(IdentityErrorDescriber.DuplicateUserName) => new(409, "user-name-taken", "userName", error.Description),
            nameof(IdentityErrorDescriber.InvalidUserName) => new(422, "user-name-invalid", "userName", error.Description),
            nameof(IdentityErrorDescriber.ConcurrencyFailure) => new(409, "stale-account", "", error.Description),
            var code when code.StartsWith("Password", StringComparison.Ordinal) => new(422, "weak-password", passwordField, error.Description),
            _ => new(422, "account-invalid", "", error.Description),
        };
    }
}
