// Loaded before the C library: every flush to disk takes SLOW_FSYNC_MS longer, as on a disk slower than this machine's.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void linger(void) {
  const char *ms = getenv("SLOW_FSYNC_MS");
  long whole = ms ? atol(ms) : 0;
  struct timespec pause = {whole / 1000, (whole % 1000) * 1000000L};
  nanosleep(&pause, 0);
}

int fsync(int file) {
  static int (*next)(int);
  if (!next) next = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  linger();
  return next(file);
}

int fdatasync(int file) {
  static int (*next)(int);
  if (!next) next = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  linger();
  return next(file);
}
