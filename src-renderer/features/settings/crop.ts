/** Which square of a picture is taken: its middle in pixels of the picture, and how near. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  /** 1: the largest square that there is. */
  readonly zoom: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}

export const MAX_ZOOM = 4;
/** A step of the keys and of the wheel. */
export const ZOOM_STEP = 1.1;

/** Side of the square in pixels of the picture. */
export const sideOf = ({ width, height }: Size, zoom: number): number => Math.min(width, height) / zoom;

const within = (value: number, min: number, max: number): number => Math.min(Math.max(value, min), max);

/** The same square, moved and zoomed so that it lies in the picture. */
export const kept = (size: Size, { x, y, zoom }: Crop): Crop => {
  const near = within(zoom, 1, MAX_ZOOM);
  const half = sideOf(size, near) / 2;
  return {
    zoom: near,
    x: within(x, half, size.width - half),
    y: within(y, half, size.height - half),
  };
};

export const middle = ({ width, height }: Size): Crop => ({ x: width / 2, y: height / 2, zoom: 1 });

/** Moved by parts of the square's own side: to the right and down shows what lies there. */
export const moved = (size: Size, crop: Crop, right: number, down: number): Crop => {
  const side = sideOf(size, crop.zoom);
  return kept(size, { ...crop, x: crop.x + right * side, y: crop.y + down * side });
};

/** The square to take, as `drawImage` wants it. */
export const squareOf = (size: Size, crop: Crop) => {
  const side = sideOf(size, crop.zoom);
  return { left: crop.x - side / 2, top: crop.y - side / 2, side };
};
