using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Workflows.Host.Access;
using Workflows.Host.Idempotency;

namespace Workflows.Host.Api;

/// <summary>What the OpenAPI document says beyond the shapes: who may call, which header a change needs, how to sign in.</summary>
internal static class ApiDescription
{
    /// <summary>Adds the descriptions.</summary>
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "监管一件事 API",
                Version = "v1",
                Description = "登录后在 Authorization 头中携带 Bearer 令牌；每个改变数据的 POST 须带 Idempotency-Key；出错时返回 application/problem+json（code、field、detail）。",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<RouteAccess>().LastOrDefault() is { } access)
            {
                operation.Description = access.Public ? "公开" : "角色：" + string.Join('、', access.Roles);
                if (!access.Public)
                    operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [] }];
            }

            if (metadata.OfType<IdempotentRoute>().Any())
            {
                operation.Parameters ??= [];
                operation.Parameters.Add(new OpenApiParameter
                {
                    Name = RequestKey.Header,
                    In = ParameterLocation.Header,
                    Required = true,
                    Description = "8至100个字符；同键同内容返回首次结果，保留7天。",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 8, MaxLength = 100 },
                });
            }

            return Task.CompletedTask;
        });
    }
}
