using System.Globalization;
using System.Net;
using Workflows.Host.CommandLine;
using Workflows.Host.Messages.Push;
using Workflows.Supervision.Planning;

namespace Workflows.Host.Composition;

/// <summary>What the operator decides from outside, all by environment variables.</summary>
internal sealed record ServeSettings
{
    /// <summary><c>WORKFLOWS_DATA</c>: folder of the database file, keys and generated secrets. Default <c>./data</c>.</summary>
    public required string DataFolder { get; init; }

    /// <summary><c>WORKFLOWS_CONNECTION</c>: connection string; null for a SQLite file in <see cref="DataFolder"/>.</summary>
    public string? Connection { get; init; }

    /// <summary><c>ASPNETCORE_URLS</c>: addresses to listen on. Default <c>http://127.0.0.1:5080</c>.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary><c>WORKFLOWS_ADMIN_PASSWORD</c>: password of the first administrator; null generates one and prints it once.</summary>
    public string? AdministratorPassword { get; init; }

    /// <summary>
    /// <c>WORKFLOWS_DISTRICT</c> (<c>sample</c> or <c>empty</c>): whether an empty database becomes the sample district. By default it
    /// does where no <see cref="Connection"/> is named.
    /// </summary>
    public bool CreatesSample { get; init; }

    /// <summary>
    /// <c>WORKFLOWS_SAMPLE_HISTORY</c> (<c>lived</c> or <c>none</c>): whether two months of work are played into a new sample district before it is
    /// served. By default they are where the sample district is a new file of the data folder.
    /// </summary>
    public bool PlaysHistory { get; init; }

    /// <summary><c>WORKFLOWS_REQUESTS_PER_MINUTE</c>: requests of one signed-in user in a minute. Default 1,200.</summary>
    public int RequestsPerMinute { get; init; } = 1200;

    /// <summary><c>WORKFLOWS_SIGN_INS_PER_MINUTE</c>: sign-ins of one address in a minute; offices that share an address need more. Default 20.</summary>
    public int SignInsPerMinute { get; init; } = 20;

    /// <summary>
    /// <c>WORKFLOWS_PROXIES</c>: addresses or networks (<c>10.0.0.5</c>, <c>10.1.0.0/16</c>), separated by commas, of the proxies whose <c>X-Forwarded-For</c> and
    /// <c>X-Forwarded-Proto</c> are believed. None by default: then whoever connects is the caller.
    /// </summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary><c>WORKFLOWS_HOME</c>: folder with <c>workflow-definitions/</c>, <c>templates/</c>, <c>calendars/</c> and <c>sample/</c>. Default: the working folder.</summary>
    public required string HomeFolder { get; init; }

    /// <summary><c>WORKFLOWS_WEBHOOK_URL</c>: where notices for other systems are delivered; null delivers them to the log alone.</summary>
    public Uri? WebhookAddress { get; init; }

    /// <summary><c>WORKFLOWS_WEBHOOK_SECRET</c>: key of the signature of deliveries, 16 characters or more.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary><c>WORKFLOWS_PUBLIC_URL</c>: address under which people reach this service; links in messages begin with it. Null leaves bare paths.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary><c>WORKFLOWS_DINGTALK_URL</c>: address of a DingTalk (浙政钉) group robot, with its access token; null for none.</summary>
    public Uri? DingTalkAddress { get; init; }

    /// <summary><c>WORKFLOWS_DINGTALK_SECRET</c>: key of the robot's signature; null where it asks for none.</summary>
    public string? DingTalkSecret { get; init; }

    /// <summary><c>WORKFLOWS_WECOM_URL</c>: address of a WeCom (企业微信) group robot, with its key; null for none.</summary>
    public Uri? WeComAddress { get; init; }

    /// <summary><c>WORKFLOWS_SMS_URL</c>: address of a gateway for text messages; null for none.</summary>
    public Uri? SmsAddress { get; init; }

    /// <summary><c>WORKFLOWS_SMS_TOKEN</c>: bearer token of the gateway; null for none.</summary>
    public string? SmsToken { get; init; }

    /// <summary>
    /// <c>WORKFLOWS_PUSH_HOSTS</c>: hosts of push services to which messages for closed pages may go, or <c>none</c>. Default: those of the usual browsers.
    /// </summary>
    public PushHosts PushHosts { get; init; } = PushHosts.Default;

    /// <summary><c>WORKFLOWS_VAPID_KEY</c>: private key by which push services know this service, 32 bytes in base64url; null generates one in <see cref="DataFolder"/>.</summary>
    public string? VapidKey { get; init; }

    /// <summary><c>WORKFLOWS_VAPID_CONTACT</c>: <c>mailto:</c> or <c>https:</c> address at which a push service reaches the operator; null names <see cref="PublicAddress"/>.</summary>
    public Uri? VapidContact { get; init; }

    /// <summary><c>WORKFLOWS_CHROMIUM</c>: path of the browser that renders PDFs; null looks for it on the path.</summary>
    public string? Chromium { get; init; }

    /// <summary><c>WORKFLOWS_DRAW_IN_BURST</c>: eligible targets up to which a draw is made in the burst; a larger one is a job. Default 20,000.</summary>
    public LargeDraw LargeDraw { get; init; } = new();

    /// <summary>The machine's clock: sign-in, rate limits and signatures follow it even where the district's own clock is moved.</summary>
    public TimeProvider WallClock { get; init; } = TimeProvider.System;

    /// <summary>The same without any way out: no webhook, no robot, no gateway for text messages, nothing pushed.</summary>
    public ServeSettings Sealed() => this with
    {
        WebhookAddress = null, WebhookSecret = null, DingTalkAddress = null, DingTalkSecret = null, WeComAddress = null, SmsAddress = null, SmsToken = null,
        PushHosts = PushHosts.None,
    };

    /// <summary>Reads the settings.</summary>
    /// <param name="read">Gives the value of a variable or null; injected so that tests need no process environment.</param>
    public static ServeSettings FromEnvironment(Func<string, string?> read)
    {
        string? Value(string name) => read(name) is { Length: > 0 } value ? value : null;

        int PositiveNumber(string name, int otherwise) => Value(name) is not { } text
            ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : throw new BadInputException($"{name}：应为正整数，现为“{text}”。");

        Uri? Address() => Value("WORKFLOWS_WEBHOOK_URL") is not { } text
            ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && Value("WORKFLOWS_WEBHOOK_SECRET") is { Length: >= 16 }
                ? address
                : throw new BadInputException("WORKFLOWS_WEBHOOK_URL：应为完整的http(s)地址，并同时设置至少16个字符的 WORKFLOWS_WEBHOOK_SECRET。");

        var createsSample = Value("WORKFLOWS_DISTRICT") switch
        {
            null => Value("WORKFLOWS_CONNECTION") is null,
            "sample" => true,
            "empty" => false,
            var other => throw new BadInputException($"WORKFLOWS_DISTRICT：应为 sample 或 empty，现为“{other}”。"),
        };
        var mayPlay = createsSample && Value("WORKFLOWS_CONNECTION") is null;

        Uri? HttpAddress(string name) => Value(name) is not { } text
            ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? address
                : throw new BadInputException($"{name}：应为完整的http(s)地址。");

        Uri? Contact(string name) => Value(name) is not { } text
            ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "mailto"
                ? address
                : throw new BadInputException($"{name}：应为 mailto: 或 https: 地址。");

        static IPNetwork Network(string text) => IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : IPNetwork.TryParse(text, out var network)
                ? network
                : throw new BadInputException($"WORKFLOWS_PROXIES：应为以逗号分隔的IP地址或网段（如 10.0.0.5,10.1.0.0/16），“{text}”不是。");

        return new ServeSettings
        {
            DataFolder = Path.GetFullPath(Value("WORKFLOWS_DATA") ?? "data"),
            Connection = Value("WORKFLOWS_CONNECTION"),
            Urls = Value("ASPNETCORE_URLS") ?? "http://127.0.0.1:5080",
            AdministratorPassword = Value("WORKFLOWS_ADMIN_PASSWORD"),
            CreatesSample = createsSample,
            PlaysHistory = Value("WORKFLOWS_SAMPLE_HISTORY") switch
            {
                null => mayPlay,
                "none" => false,
                "lived" => mayPlay ? true : throw new BadInputException("WORKFLOWS_SAMPLE_HISTORY：只有数据文件夹中的样例辖区才能预置办理历史，请写 none。"),
                var other => throw new BadInputException($"WORKFLOWS_SAMPLE_HISTORY：应为 lived 或 none，现为“{other}”。"),
            },
            Proxies = [.. (Value("WORKFLOWS_PROXIES") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Network)],
            HomeFolder = Path.GetFullPath(Value("WORKFLOWS_HOME") ?? "."),
            RequestsPerMinute = PositiveNumber("WORKFLOWS_REQUESTS_PER_MINUTE", 1200),
            SignInsPerMinute = PositiveNumber("WORKFLOWS_SIGN_INS_PER_MINUTE", 20),
            LargeDraw = new LargeDraw { MostInBurst = PositiveNumber("WORKFLOWS_DRAW_IN_BURST", new LargeDraw().MostInBurst) },
            WebhookSecret = Value("WORKFLOWS_WEBHOOK_SECRET"),
            WebhookAddress = Address(),
            PublicAddress = HttpAddress("WORKFLOWS_PUBLIC_URL"),
            DingTalkAddress = HttpAddress("WORKFLOWS_DINGTALK_URL"),
            DingTalkSecret = Value("WORKFLOWS_DINGTALK_SECRET"),
            WeComAddress = HttpAddress("WORKFLOWS_WECOM_URL"),
            SmsAddress = HttpAddress("WORKFLOWS_SMS_URL"),
            PushHosts = Value("WORKFLOWS_PUSH_HOSTS") is { } hosts ? PushHosts.Parse(hosts) : PushHosts.Default,
            VapidKey = Value("WORKFLOWS_VAPID_KEY"),
            VapidContact = Contact("WORKFLOWS_VAPID_CONTACT"),
            Chromium = Value("WORKFLOWS_CHROMIUM"),
            SmsToken = Value("WORKFLOWS_SMS_TOKEN"),
        };
    }
}
