using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Workflows.Host.Composition;
using Workflows.Storage.Model;

namespace Workflows.Host.Identity;

/// <summary>Accounts, tokens and the keys that protect them: ASP.NET Core Identity over the store's tables.</summary>
internal static class IdentitySetup
{
    /// <summary>How long a token signs its holder in.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);

    /// <summary>How long it can be renewed.</summary>
    public static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(7);

    /// <summary>Wrong passwords in a row before an account is locked.</summary>
    public const int AttemptsBeforeLockout = 5;

    /// <summary>How long it is locked.</summary>
    public static readonly TimeSpan Lockout = TimeSpan.FromMinutes(15);

    /// <summary>Adds accounts, bearer tokens and the keys that protect them.</summary>
    public static void AddWorkflowIdentity(this IServiceCollection services, ServeSettings settings)
    {
        services.AddIdentityCore<WorkflowUser>(options =>
            {
                options.Password.RequiredLength = 12;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireDigit = false;
                options.Password.RequiredUniqueChars = 6;
                options.Lockout.MaxFailedAccessAttempts = AttemptsBeforeLockout;
                options.Lockout.DefaultLockoutTimeSpan = Lockout;
                options.Lockout.AllowedForNewUsers = true;
                options.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-._";
            })
            .AddRoles<IdentityRole>()
            .AddEntityFrameworkStores<WorkflowsDbContext>()
            .AddErrorDescriber<ChineseIdentityErrors>()
            .AddClaimsPrincipalFactory<ActorClaimsFactory>()
            .AddSignInManager();
        services.AddAuthentication(BearerTokenDefaults.AuthenticationScheme).AddBearerToken(options =>
        {
            options.BearerTokenExpiration = TokenLifetime;
            options.RefreshTokenExpiration = RefreshLifetime;
            // People are signed in by the machine's clock, also where the district's clock is moved by days.
            options.TimeProvider = settings.WallClock;
        });
        services.AddSingleton<SessionValidity>();
        services.AddScoped<SignInDesk>();
        services.AddAuthorization();
        services.AddDataProtection().SetApplicationName("workflows");
        services.AddSingleton<IXmlRepository, KeyRing>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = provider.GetRequiredService<IXmlRepository>()));
    }
}
