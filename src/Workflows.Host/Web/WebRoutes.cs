using Workflows.Host.Access;
using Workflows.Host.Problems;

namespace Workflows.Host.Web;

/// <summary>The pages and their files. Everybody may load them; what they show comes from routes that ask who is signed in.</summary>
internal static class WebRoutes
{
    /// <summary>
    /// Policy of the pages around Studio: scripts from here alone, the one inline script of Studio's editor and of its viewer (hot keys) by
    /// its hash, and WebAssembly compiled; the code editor starts its workers from blobs.
    /// Inline styles cannot be avoided, since Studio places each node of a diagram with one.
    /// </summary>
    public const string StudioPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc=' 'sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts='; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>
    /// Policy of the people's pages: scripts and workers from here alone, none inline. Inline styles remain, since bars and
    /// papers take their size from them; photos taken and documents shown are blobs; documents stand in sandboxed frames in which nothing runs.
    /// </summary>
    public const string PeoplePolicy = "default-src 'none'; script-src 'self'; worker-src 'self'; manifest-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "media-src 'self' blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self' blob:; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Maps all of them.</summary>
    public static void MapWeb(this WebApplication application)
    {
        application.MapFiles("/assets");
        application.MapPage("/", "door.html", PeoplePolicy);
        // One page behind all paths, so that each can be reloaded and linked: it reads the path itself.
        application.MapPage("/studio", "studio.html", StudioPolicy);
        application.MapPage("/studio/definitions/{**rest}", "studio.html", StudioPolicy);
        application.MapPage("/studio/instances/{**rest}", "studio.html", StudioPolicy);
        application.MapPage("/studio/scenarios/{**rest}", "studio.html", StudioPolicy);
        application.MapPage("/studio/trials/{**rest}", "studio.html", StudioPolicy);
        application.MapPage("/studio/migrations/{**rest}", "studio.html", StudioPolicy);
        // Where Studio itself sends the browser after Run, Edit and Save as.
        application.MapPage("/studio/workflows/{**rest}", "studio.html", StudioPolicy);
        application.MapFiles("/studio");
        foreach (var page in (string[])["inspect", "desk", "public"])
        {
            application.MapPage($"/{page}", $"{page}.html", PeoplePolicy);
            application.MapPage($"/{page}/{{**rest}}", $"{page}.html", PeoplePolicy);
        }

        application.MapPage("/p", "party.html", PeoplePolicy);
        application.MapPage("/p/{token}", "party.html", PeoplePolicy);
        application.MapPage("/e/{token}", "party.html", PeoplePolicy);
        application.MapMatterLinks();
        foreach (var file in (string[])["sw.js", "manifest.webmanifest", "icon.svg"])
            application.MapPhoneFile(file);
    }

    /// <summary>A page of the web project behind a path.</summary>
    /// <param name="routes">Where it is mapped.</param>
    /// <param name="pattern">Path or pattern.</param>
    /// <param name="page">The page's file under the web root.</param>
    /// <param name="policy">Its content security policy.</param>
    public static void MapPage(this IEndpointRouteBuilder routes, string pattern, string page, string policy) =>
        routes.MapGet(pattern, (HttpContext context, WebRoot root) =>
        {
            context.Response.Headers.ContentSecurityPolicy = policy;
            return root.Find(page)?.Answer(context) ?? Missing(root);
        }).ForAnybody().ExcludeFromDescription();

    // By its place the worker could serve /inspect/ alone; the page itself is /inspect.
    private static void MapPhoneFile(this IEndpointRouteBuilder routes, string file) =>
        routes.MapGet($"/inspect/{file}", (HttpContext context, WebRoot root) =>
        {
            context.Response.Headers["Service-Worker-Allowed"] = "/inspect";
            // A worker is bound by the policy that it came with, and this one fetches the page's files.
            context.Response.Headers.ContentSecurityPolicy = PeoplePolicy;
            return root.Find($"inspect/{file}")?.Answer(context) ?? Missing(root);
        }).ForAnybody().ExcludeFromDescription();

    private static void MapFiles(this IEndpointRouteBuilder routes, string folder) =>
        routes.MapGet(folder + "/{**path}", (string? path, HttpContext context, WebRoot root) =>
            root.Find($"{folder[1..]}/{path}")?.Answer(context) ?? Missing(root)).ForAnybody().ExcludeFromDescription();

    private static IResult Missing(WebRoot root) => (root.Folder is null
        ? new Refusal(404, "pages-not-built", "", "网页尚未构建：请安装 Node 20 后重新构建（./run.sh 会自动完成）。")
        : new Refusal(404, "not-found", "", "没有此页面：请检查地址。")).ToResult();
}
