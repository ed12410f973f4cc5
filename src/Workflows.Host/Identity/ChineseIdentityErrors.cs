using Microsoft.AspNetCore.Identity;

namespace Workflows.Host.Identity;

/// <summary>The complaints of Identity that users can cause, in their language and with the remedy.</summary>
internal sealed class ChineseIdentityErrors : IdentityErrorDescriber
{
    /// <inheritdoc/>
    public override IdentityError PasswordTooShort(int length) => Error(nameof(PasswordTooShort), $"密码太短：请使用至少{length}个字符。");

    /// <inheritdoc/>
    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) =>
        Error(nameof(PasswordRequiresUniqueChars), $"密码过于简单：请使用至少{uniqueChars}个不同的字符。");

    /// <inheritdoc/>
    public override IdentityError DuplicateUserName(string userName) => Error(nameof(DuplicateUserName), $"用户名“{userName}”已被使用：请换一个。");

    /// <inheritdoc/>
    public override IdentityError InvalidUserName(string? userName) =>
        Error(nameof(InvalidUserName), "用户名只能包含小写字母、数字、点、横线和下划线。");

    /// <inheritdoc/>
    public override IdentityError ConcurrencyFailure() => Error(nameof(ConcurrencyFailure), "账号刚被他人修改：请重新读取后再改。");

    private static IdentityError Error(string code, string description) => new() { Code = code, Description = description };
}
