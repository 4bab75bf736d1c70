// Runs of numbers copied, cleared and added.

// @ts-ignore: decorator
@inline
export function copyNumbers(from: usize, to: usize, count: i32): void {
  let rest = count;
  while (rest >= 4) {
    v128.store(to, v128.load(from));
    from += 16;
    to += 16;
    rest -= 4;
  }
  while (rest > 0) {
    store<f32>(to, load<f32>(from));
    from += 4;
    to += 4;
    rest--;
  }
}

/** Lays the same `count` numbers down several times in a row. */
export function repeatNumbers(from: usize, count: i32, to: usize, times: i32): void {
  for (let time = 0; time < times; time++) copyNumbers(from, to + (<usize>(time * count) << 2), count);
}

// @ts-ignore: decorator
@inline
export function clearNumbers(to: usize, count: i32): void {
  let rest = count;
  while (rest >= 4) {
    v128.store(to, f32x4.splat(0));
    to += 16;
    rest -= 4;
  }
  while (rest > 0) {
    store<f32>(to, 0);
    to += 4;
    rest--;
  }
}

// @ts-ignore: decorator
@inline
export function addNumbers(from: usize, to: usize, count: i32): void {
  let rest = count;
  while (rest >= 4) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    from += 16;
    to += 16;
    rest -= 4;
  }
  while (rest > 0) {
    store<f32>(to, load<f32>(to) + load<f32>(from));
    from += 4;
    to += 4;
    rest--;
  }
}
