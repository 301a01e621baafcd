/* Lets the n-th file operation below a folder fail with an error number: preloaded into Python, by faults.py.
 *
 * Counted are open, write, fsync, rename, unlink, mkdir, rmdir, truncate and looking through a folder, SQLite's own
 * included. After the one that fails all others work, or with `lasting` none of the same name does. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char below[PATH_MAX];
static long at, seen;
static int number, lasting;
static char failed[PATH_MAX + 32], failed_name[32];

/* Begin to count; the operation number `n` below `folder` fails with `error`. */
void fault_arm(const char *folder, long n, int error, int last) {
    snprintf(below, sizeof below, "%s", folder);
    failed[0] = failed_name[0] = 0;
    at = n, number = error, lasting = last, seen = 0;
}

/* What failed, as "name path"; empty if it did not come so far. */
const char *fault_failed(void) { return failed; }

static int fails(const char *name, const char *path) {
    if (!at || !path || !strstr(path, below)) return 0;
    seen++;
    if (seen == at) {
        snprintf(failed, sizeof failed, "%s %s", name, path);
        snprintf(failed_name, sizeof failed_name, "%s", name);
    } else if (!(lasting && seen > at && !strcmp(name, failed_name))) return 0;
    errno = number;
    return 1;
}

static int fd_fails(const char *name, int fd) {
    char link[64], path[PATH_MAX];
    if (!at) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return fails(name, path);
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
#define MODE mode_t mode = 0; va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more)

int open(const char *path, int flags, ...) { MODE; REAL(open); return fails("open", path) ? -1 : real(path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE; REAL(open64); return fails("open", path) ? -1 : real(path, flags, mode); }
int openat(int at_fd, const char *path, int flags, ...) { MODE; REAL(openat); return fails("open", path) ? -1 : real(at_fd, path, flags, mode); }
int openat64(int at_fd, const char *path, int flags, ...) { MODE; REAL(openat64); return fails("open", path) ? -1 : real(at_fd, path, flags, mode); }
DIR *opendir(const char *path) { REAL(opendir); return fails("opendir", path) ? NULL : real(path); }
ssize_t write(int fd, const void *buffer, size_t size) { REAL(write); return fd_fails("write", fd) ? -1 : real(fd, buffer, size); }
ssize_t pwrite(int fd, const void *buffer, size_t size, off_t to) { REAL(pwrite); return fd_fails("write", fd) ? -1 : real(fd, buffer, size, to); }
ssize_t pwrite64(int fd, const void *buffer, size_t size, off64_t to) { REAL(pwrite64); return fd_fails("write", fd) ? -1 : real(fd, buffer, size, to); }
int fsync(int fd) { REAL(fsync); return fd_fails("fsync", fd) ? -1 : real(fd); }
int fdatasync(int fd) { REAL(fdatasync); return fd_fails("fsync", fd) ? -1 : real(fd); }
int ftruncate(int fd, off_t size) { REAL(ftruncate); return fd_fails("truncate", fd) ? -1 : real(fd, size); }
int ftruncate64(int fd, off64_t size) { REAL(ftruncate64); return fd_fails("truncate", fd) ? -1 : real(fd, size); }
int rename(const char *from, const char *to) { REAL(rename); return fails("rename", to) ? -1 : real(from, to); }
int unlink(const char *path) { REAL(unlink); return fails("unlink", path) ? -1 : real(path); }
int rmdir(const char *path) { REAL(rmdir); return fails("rmdir", path) ? -1 : real(path); }
int mkdir(const char *path, mode_t mode) { REAL(mkdir); return fails("mkdir", path) ? -1 : real(path, mode); }
