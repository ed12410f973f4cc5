// Reservoirs of Ningbo for the schematic map: names as in the water authorities' lists, places (WGS 84) to about a kilometre. Landmarks, nothing is decided by them.
export interface Water {
  name: string
  latitude: number
  longitude: number
  /** 大型, 中型 or 小型. */
  size: 'large' | 'middle' | 'small'
}

export const WATERS: Water[] = [
  { name: '皎口水库', latitude: 29.858, longitude: 121.272, size: 'large' },
  { name: '周公宅水库', latitude: 29.772, longitude: 121.166, size: 'large' },
  { name: '溪下水库', latitude: 29.893, longitude: 121.357, size: 'middle' },
  { name: '亭下水库', latitude: 29.678, longitude: 121.183, size: 'large' },
  { name: '横山水库', latitude: 29.526, longitude: 121.333, size: 'large' },
  { name: '三溪浦水库', latitude: 29.807, longitude: 121.757, size: 'middle' },
  { name: '横溪水库', latitude: 29.707, longitude: 121.603, size: 'middle' },
  { name: '四明湖水库', latitude: 29.953, longitude: 120.976, size: 'large' },
  { name: '十字路水库', latitude: 30.052, longitude: 121.527, size: 'middle' },
  { name: '三圣殿水库', latitude: 30.064, longitude: 121.556, size: 'small' },
  { name: '郎家坪水库', latitude: 30.040, longitude: 121.513, size: 'small' },
  { name: '英雄水库', latitude: 29.985, longitude: 121.418, size: 'small' },
  { name: '毛力水库', latitude: 30.013, longitude: 121.427, size: 'small' },
  { name: '荪湖水库', latitude: 29.976, longitude: 121.495, size: 'small' },
]
