namespace Workflows.Host.Problems;

/// <summary>Reads forms from outside.</summary>
internal static class FormBody
{
    /// <summary>The form of a request; one that cannot be read is refused.</summary>
    /// <exception cref="RefusedException">No boundary, broken parts or too many fields (400), or too large (413).</exception>
    public static async Task<IFormCollection> FormAsync(this HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException large) when (large.Message.Contains("length limit", StringComparison.Ordinal))
        {
            throw new RefusedException(new Refusal(413, "too-large", "", "内容过大：请缩小或分次提交。"), large);
        }
        catch (InvalidDataException broken)
        {
            throw new RefusedException(new Refusal(400, "malformed-form", "", "表单无法读取：multipart/form-data 须带 boundary，字段至多64个，每个部分完整。"), broken);
        }
        catch (IOException broken) when (broken is not BadHttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            throw new RefusedException(new Refusal(400, "malformed-form", "", "表单不完整：请重新提交。"), broken);
        }
    }
}
