using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Host.CommandLine;
using Workflows.Host.Composition;

namespace Workflows.Host.Messages.Push;

/// <summary>
/// By what push services know this service again (VAPID, RFC 8292): a key of P-256, whose public half the phones subscribe with. It is the operator's, or made at the first start
/// and kept in the data folder. With another key all phones have to subscribe anew.
/// </summary>
internal sealed class VapidKey : IDisposable
{
    /// <summary>File of the generated key below the data folder.</summary>
    public const string FileName = "push-key.pem";

    private const int PrivateKeyBytes = 32;
    // RFC 8292, section 2: not more than 24 hours; less, so that clocks may differ.
    private static readonly TimeSpan Validity = TimeSpan.FromHours(12);
    private readonly ECDsa _key;
    private readonly Lock _signing = new();
    private readonly string? _contact;

    private VapidKey(ECDsa key, Uri? contact)
    {
        _key = key;
        _contact = contact?.OriginalString;
        PublicKey = Base64Url.EncodeToString(PushEncryption.PublicKey(key));
    }

    /// <summary>The public half: an uncompressed point, base64url.</summary>
    public string PublicKey { get; }

    /// <summary>The operator's key, the one of the data folder, or a new one.</summary>
    /// <exception cref="BadInputException">The key cannot be read.</exception>
    public static VapidKey Read(ServeSettings settings)
    {
        // CA2000: the key is disposed with this object.
#pragma warning disable CA2000
        return new VapidKey(settings.VapidKey is { } text ? OfOperator(text) : OfFolder(settings.DataFolder), settings.VapidContact ?? (settings.PublicAddress is { Scheme: "https" } own ? own : null));
#pragma warning restore CA2000
    }

    /// <summary>The header <c>Authorization</c> of a request to a push service.</summary>
    /// <param name="endpoint">Where the request goes; the token holds for its origin alone.</param>
    /// <param name="now">Now, by the machine's clock.</param>
    public string Authorization(Uri endpoint, DateTimeOffset now)
    {
        var claims = new JsonObject { ["aud"] = endpoint.GetLeftPart(UriPartial.Authority), ["exp"] = (now + Validity).ToUnixTimeSeconds() };
        if (_contact is not null)
            claims["sub"] = _contact;
        var signed = $"{Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        byte[] signature;
        lock (_signing)
            signature = _key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"vapid t={signed}.{Base64Url.EncodeToString(signature)}, k={PublicKey}";
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static ECDsa OfOperator(string text)
    {
        try
        {
            if (Base64Url.DecodeFromChars(text) is { Length: PrivateKeyBytes } secret)
                return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret });
        }
        catch (Exception broken) when (broken is FormatException or CryptographicException)
        {
            // Said below, without the key.
        }

        throw new BadInputException("WORKFLOWS_VAPID_KEY：应为P-256私钥的32字节，以base64url书写（43个字符）；不填写则自动生成。");
    }

    private static ECDsa OfFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            Generate(path);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            return key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value ? key : throw new CryptographicException("Another curve.");
        }
        catch (Exception broken) when (broken is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new BadInputException($"{path}：不是P-256私钥。请从备份恢复，或者删除此文件以重新生成（各手机须重新开启推送）。");
        }
    }

    // Whole or not at all: a process that starts beside this one, or dies meanwhile, leaves no half key.
    private static void Generate(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var draft = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(path: draft, options))
            writer.Write(key.ExportPkcs8PrivateKeyPem());
        try
        {
            File.Move(draft, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
