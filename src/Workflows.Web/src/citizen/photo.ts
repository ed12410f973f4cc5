// Photos as they are sent: a smaller picture that arrives soon, and the original untouched.

/** Longest edge of the smaller picture. */
const EDGE = 1600
const SMALL_ENOUGH = 700_000

export interface Photo {
  name: string
  /** Address of a preview within the page; null for what is no picture. */
  preview: string | null
  original: File
  /** The smaller picture; null where the original is small enough. */
  small: Blob | null
}

/** Makes a photo ready. What the browser cannot draw is sent as it is. */
export async function prepare(file: File): Promise<Photo> {
  if (!file.type.startsWith('image/')) return { name: file.name, preview: null, original: file, small: null }
  const small = await shrink(file).catch(() => null)
  return { name: file.name, preview: URL.createObjectURL(small ?? file), original: file, small }
}

export function forget(photo: Photo): void {
  if (photo.preview) URL.revokeObjectURL(photo.preview)
}

/** Width and height that keep the proportions and fit the longest edge. */
export function fit(width: number, height: number, edge = EDGE): { width: number, height: number } {
  const scale = Math.min(1, edge / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

async function shrink(file: File): Promise<Blob | null> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    const size = fit(picture.width, picture.height)
    if (size.width === picture.width && file.size <= SMALL_ENOUGH) return null
    const canvas = document.createElement('canvas')
    canvas.width = size.width
    canvas.height = size.height
    canvas.getContext('2d')!.drawImage(picture, 0, 0, size.width, size.height)
    const small = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', 0.82))
    return small && small.size < file.size ? small : null
  } finally {
    picture.close()
  }
}

/** What the service takes as a proof. */
export const ACCEPTED = 'image/jpeg,image/png,image/webp,application/pdf,video/mp4'
