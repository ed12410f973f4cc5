using System.Security.Cryptography;
using Workflows.Host.Composition;
using Workflows.Host.Problems;
using Workflows.Supervision.Leads;

namespace Workflows.Host.Api.Public;

/// <summary>
/// Photos of public reports, by their hash in a folder of their own in the data folder, outside of what is served: nothing that the sender names is part of a
/// path. A file is there before the lead that names it commits.
/// </summary>
internal sealed class ReportPhotos(ServeSettings settings)
{
    /// <summary>Most photos of a report.</summary>
    public const int Most = 3;

    /// <summary>Largest photo, in bytes; the page shrinks what is larger.</summary>
    public const long Largest = 4 << 20;

    /// <summary>Largest request: the photos and what is said.</summary>
    public const long LargestBody = (Most * Largest) + (64 << 10);

    /// <summary>Takes the photos of a form; refuses too many, too large ones and what is no picture.</summary>
    public async Task<IReadOnlyList<LeadPhoto>> TakeAsync(IFormFileCollection files, CancellationToken cancellationToken)
    {
        if (files.Count > Most)
            throw new RefusedException(new Refusal(422, "photos-too-many", "photo", $"照片至多{Most}张：请删去多余的。"));
        var taken = new List<(byte[] Bytes, string Type)>();
        foreach (var file in files)
        {
            if (file.Length > Largest)
                throw new RefusedException(new Refusal(422, "photo-too-large", "photo", $"每张照片至多{Largest >> 20}MB：请缩小后重试。"));
            using var content = new MemoryStream((int)file.Length);
            await file.CopyToAsync(content, cancellationToken);
            var bytes = content.ToArray();
            var type = PictureContent.TypeOf(bytes) ?? throw new RefusedException(new Refusal(422, "photo-type", "photo", "只接收照片（jpg、png、webp）：此文件的内容不是照片。"));
            taken.Add((bytes, type));
        }

        // Of a report that is refused nothing is left behind.
        var photos = new List<LeadPhoto>();
        foreach (var (bytes, type) in taken)
            photos.Add(new LeadPhoto(await KeepAsync(bytes, cancellationToken), type, bytes.Length));

        return photos;
    }

    // CA3003: the path is made of a SHA-256 in hexadecimal digits; nothing that the caller names is part of it.
#pragma warning disable CA3003
    /// <summary>The file of a photo; null when it is not on this node.</summary>
    public FileStream? Open(LeadPhoto photo) => File.Exists(PathOf(photo.Sha256)) ? File.OpenRead(PathOf(photo.Sha256)) : null;

    /// <summary>All files that are kept; each is named by its hash.</summary>
    public IEnumerable<FileInfo> Kept() => Directory.Exists(Root) ? new DirectoryInfo(Root).EnumerateFiles("*", SearchOption.AllDirectories) : [];

    private async Task<string> KeepAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var path = PathOf(hash);
        if (File.Exists(path))
        {
            // Left behind by a report that was refused, it is about to be swept away: from now on it is new.
            File.SetLastWriteTimeUtc(path, settings.WallClock.GetUtcNow().UtcDateTime);
            return hash;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
        await using (var kept = new FileStream(draft, FileMode.CreateNew, FileAccess.Write))
        {
            await kept.WriteAsync(bytes, cancellationToken);
            await kept.FlushAsync(cancellationToken);
            RandomAccess.FlushToDisk(kept.SafeFileHandle);
        }

        File.Move(draft, path, overwrite: true);
        return hash;
    }
#pragma warning restore CA3003

    private string PathOf(string sha256) => Path.Combine(Root, sha256[..2], sha256);

    private string Root => Path.Combine(settings.DataFolder, "reports");
}
