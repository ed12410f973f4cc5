using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Workflows.Host.Identity;
using Workflows.Storage.Model;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Sample;

/// <summary>Accounts of the sample district: every role, and for each department that inspects its head, reviewer, assistant and officers.</summary>
internal sealed class SamplePeople(UserManager<WorkflowUser> users)
{
    /// <summary>File of the data folder that holds names and passwords, readable by its owner alone.</summary>
    public const string FileName = "sample-users.txt";

    private const int Iterations = 1_000;

    /// <summary>Creates the accounts and writes <see cref="FileName"/>.</summary>
    /// <returns>Path of the file.</returns>
    public async Task<string> CreateAsync(string dataFolder)
    {
        // Nobody guesses a generated password, however fast its hash is; stretched, 130 of them take most of the time of a first start. Signing in hashes anew with the full count.
        var hasher = new PasswordHasher<WorkflowUser>(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
        var lines = new StringBuilder("# 样例辖区的账号，仅供试用：用户名　密码　姓名　角色　部门\n");
        foreach (var (name, title, role, department, officer) in People())
        {
            var password = GeneratedPassword.Create();
            // Known by their names, so that the same district keeps the same records.
            var user = new WorkflowUser { Id = name, UserName = name, DisplayName = title, Department = department, Area = SampleRosters.District, OfficerId = officer };
            user.PasswordHash = hasher.HashPassword(user, password);
            Require(await users.CreateAsync(user));
            Require(await users.AddToRoleAsync(user, role));
            lines.Append(name).Append('\t').Append(password).Append('\t').Append(title).Append('\t').Append(role).Append('\t').Append(department).Append('\n');
        }

        var path = Path.Combine(dataFolder, FileName);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // A file that is already there would keep its mode.
        File.Delete(path);
        await using var file = new StreamWriter(path, new UTF8Encoding(false), options);
        await file.WriteAsync(lines);
        return path;
    }

    private static IEnumerable<(string Name, string Title, string Role, string Department, string? Officer)> People()
    {
        yield return ("analyst", "样例场景分析师", Role.Analyst, "GUI", null);
        yield return ("dispatcher", "样例调度员", Role.Dispatcher, "CMD", null);
        yield return ("supervisor", "样例督办人", Role.Supervisor, "CMD", null);
        yield return ("auditor", "样例执法监督员", Role.Auditor, "JUS", null);
        yield return ("gui.supervisor", "样例指导办督办人", Role.Supervisor, "GUI", null);
        yield return ("gui.head", "样例指导办负责人", Role.DepartmentHead, "GUI", null);
        yield return ("cmd.head", "样例指挥中心负责人", Role.DepartmentHead, "CMD", null);
        foreach (var department in SampleRosters.Departments.Where(department => department.Inspects))
        {
            var prefix = department.Code.ToLowerInvariant();
            yield return ($"{prefix}.head", $"样例{department.Label}负责人", Role.DepartmentHead, department.Code, null);
            yield return ($"{prefix}.legal", $"样例{department.Label}法制审核员", Role.LegalReviewer, department.Code, null);
            yield return ($"{prefix}.publisher", $"样例{department.Label}公示审核员", Role.PublicationReviewer, department.Code, null);
            yield return ($"{prefix}.assistant", $"样例{department.Label}辅助人员", Role.Assistant, department.Code, null);
            for (var number = 1; number <= department.Officers; number++)
                yield return ($"{prefix}.{number:00}", $"样例{department.Label}执法员{number:00}", Role.Inspector, department.Code, SampleRosters.OfficerId(department.Code, number));
        }
    }

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException("A sample account could not be created: " + string.Join(' ', result.Errors.Select(error => error.Code)));
    }
}
