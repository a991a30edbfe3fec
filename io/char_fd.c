/* SPDX-License-Identifier: MIT */
/*
 * Character ports on descriptors: terminal, file, pseudo terminal.  Sockets share the I/O here.
 *
 * Nothing blocks: input is read when poll says so; output goes to a terminal through a description
 * of our own in non-blocking mode (the shell's is left as it was), to a pipe in pieces that poll
 * promises room for (PIPE_BUF), to a socket with MSG_DONTWAIT.
 */
#include "io/char_internal.h"
#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>
#include "system/error.h"
#include "system/lock.h"

/* --- The terminal ----------------------------------------------------------------------------- */

static struct termios cooked, raw;
static volatile sig_atomic_t raw_depth;
static bool keep_signals;       /* Ctrl-C still ends us */

static void set_terminal(const struct termios *t)
{
    tcsetattr(STDIN_FILENO, TCSANOW, t);
}

/* Async-signal-safe: the terminal as it was, then what the signal does anyway. */
static void on_deadly_signal(int sig)
{
    if (raw_depth) {
        set_terminal(&cooked);
    }
    signal(sig, SIG_DFL);
    raise(sig);
}

static void on_continue(int sig)
{
    if (raw_depth) {
        set_terminal(&raw);
    }
}

static void catch_signals(void)
{
    static const int deadly[] = { SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGABRT };
    for (size_t i = 0; i < ARRAY_SIZE(deadly); i++) {
        struct sigaction old;
        if (sigaction(deadly[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL) {
            signal(deadly[i], on_deadly_signal);
        }
    }
    signal(SIGCONT, on_continue);
}

void char_terminal_raw(void)
{
    if (!isatty(STDIN_FILENO) || raw_depth++ > 0) {
        return;
    }
    if (tcgetattr(STDIN_FILENO, &cooked) < 0) {
        raw_depth = 0;
        return;
    }
    raw = cooked;
    cfmakeraw(&raw);
    raw.c_oflag |= OPOST;               /* log lines begin at the left */
    raw.c_lflag |= keep_signals ? ISIG : 0;
    catch_signals();
    signal(SIGTTOU, SIG_IGN);           /* started in the background: no job control stop */
    set_terminal(&raw);
}

void char_terminal_restore(void)
{
    if (raw_depth) {
        raw_depth = 0;
        set_terminal(&cooked);
    }
}

/* --- Reading and writing ---------------------------------------------------------------------- */

CharFd *char_fd_new(int in, int out)
{
    CharFd *f = g_new0(CharFd, 1);
    *f = (CharFd){ .in = in, .out = out, .slave = -1, .listener = -1 };
    return f;
}

static gboolean input_ready(int fd, GIOCondition cond, void *opaque)
{
    CharPort *port = opaque;
    CharFd *f = port->host;
    uint8_t buf[CHAR_IN_ROOM];
    bool taken = machine_lock_if_free();
    unsigned room = char_input_room(port);
    ssize_t n = room ? read(fd, buf, room) : -1;
    bool ended = room && (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR));
    if (n > 0) {
        char_push_input(port, buf, n);
    }
    bool stay = !ended && char_input_room(port) > 0;    /* else char_fd_watch() begins again */
    if (!stay) {
        f->in_id = 0;
    }
    if (ended && f->hangs_up) {
        char_socket_hangup(port);
    } else if (ended) {
        f->in = -1;                     /* of a pipe; output may go on */
    }
    machine_unlock_if(taken);
    return stay;
}

void char_fd_watch(CharPort *port)
{
    CharFd *f = port->host;
    if (f->in >= 0 && !f->in_id) {
        f->in_id = g_unix_fd_add(f->in, G_IO_IN | G_IO_HUP | G_IO_ERR, input_ready, port);
    }
}

static bool can_write(int fd, int ms)
{
    struct pollfd p = { .fd = fd, .events = POLLOUT };
    return poll(&p, 1, ms) > 0;
}

static ssize_t write_some(CharFd *f, const uint8_t *buf, unsigned len)
{
    if (f->socket) {
        return send(f->out, buf, len, MSG_DONTWAIT | MSG_NOSIGNAL);
    }
    if (f->pipe) {
        if (!can_write(f->out, 0)) {
            errno = EAGAIN;
            return -1;
        }
        len = MIN(len, PIPE_BUF);
    }
    return write(f->out, buf, len);
}

static int fd_write(CharPort *port, const uint8_t *buf, unsigned len)
{
    CharFd *f = port->host;
    unsigned done = 0;
    if (f->out < 0) {
        return len;                     /* nobody is there: like a cable that hangs loose */
    }
    while (done < len) {
        ssize_t n = write_some(f, buf + done, len - done);
        if (n > 0) {
            done += n;
        } else if (n < 0 && errno == EINTR) {
            continue;
        } else if (n < 0 && errno == EAGAIN) {
            break;
        } else {
            return f->hangs_up ? (int)len : -1;     /* the reader will notice the hang-up */
        }
    }
    return done;
}

static gboolean output_ready(int fd, GIOCondition cond, void *opaque)
{
    CharPort *port = opaque;
    CharFd *f = port->host;
    bool taken = machine_lock_if_free();
    f->out_id = 0;
    char_flush(port);
    machine_unlock_if(taken);
    return G_SOURCE_REMOVE;
}

static void fd_want_output(CharPort *port)
{
    CharFd *f = port->host;
    if (f->out >= 0 && !f->out_id) {
        f->out_id = g_unix_fd_add(f->out, G_IO_OUT | G_IO_HUP | G_IO_ERR, output_ready, port);
    }
}

static void fd_wait_output(CharPort *port, int ms)
{
    CharFd *f = port->host;
    can_write(f->out, ms);
}

static bool stdio_used;         /* one port has it */

static void fd_close(CharPort *port)
{
    CharFd *f = port->host;
    stdio_used &= !f->stdio;
    unsigned ids[] = { f->in_id, f->out_id, f->listen_id };
    int fds[] = { f->in, f->out != f->in ? f->out : -1, f->slave, f->listener };
    for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
        if (ids[i]) {
            g_source_remove(ids[i]);
        }
    }
    for (size_t i = 0; i < ARRAY_SIZE(fds); i++) {
        if (fds[i] > STDERR_FILENO) {
            close(fds[i]);
        }
    }
    if (f->terminal) {
        char_terminal_restore();
    }
    if (f->unlink) {
        unlink(f->unlink);
        g_free(f->unlink);
    }
    g_free(f);
}

const CharBackend char_fd_backend = {
    .name = "fd", .write = fd_write, .want_input = char_fd_watch, .want_output = fd_want_output,
    .wait_output = fd_wait_output, .close = fd_close,
};

bool char_is_terminal(const CharPort *port)
{
    return port->backend == &char_fd_backend && ((CharFd *)port->host)->terminal;
}

/* --- Opening ---------------------------------------------------------------------------------- */

/* What kind of thing is fd?  Returns the descriptor to write to. */
static int prepare_output(CharFd *f, int fd)
{
    struct stat st;
    if (isatty(fd)) {
        int own = open(ttyname(fd) ? ttyname(fd) : "/dev/tty", O_WRONLY | O_NONBLOCK | O_NOCTTY |
                                                               O_CLOEXEC);
        if (own >= 0) {
            return own;
        }
        f->pipe = true;                 /* no description of our own: small pieces */
    } else if (fstat(fd, &st) == 0) {
        f->socket = S_ISSOCK(st.st_mode);
        f->pipe = S_ISFIFO(st.st_mode);
    }
    return fd;
}

CharPort *char_open_stdio(const char *spec, GError **err)
{
    if (stdio_used) {
        fail(err, EMU_ERROR_USAGE, "standard input is already in use by another port");
        return NULL;
    }
    stdio_used = true;
    signal(SIGPIPE, SIG_IGN);
    CharFd *f = char_fd_new(STDIN_FILENO, -1);
    f->out = prepare_output(f, STDOUT_FILENO);
    f->stdio = true;
    f->terminal = isatty(STDIN_FILENO);
    if (f->terminal) {
        keep_signals = strcmp(spec, "mon") != 0;
        char_terminal_raw();
    }
    return char_port_new(&char_fd_backend, "stdio", f);
}

CharPort *char_open_stdout(const char *spec, GError **err)
{
    signal(SIGPIPE, SIG_IGN);
    CharFd *f = char_fd_new(-1, -1);
    f->out = prepare_output(f, STDOUT_FILENO);
    return char_port_new(&char_fd_backend, "stdout", f);
}

CharPort *char_open_file(const char *path, GError **err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        fail_errno(err, "cannot write '%s'", path);
        return NULL;
    }
    return char_port_new(&char_fd_backend, path, char_fd_new(-1, fd));
}

CharPort *char_open_pty(const char *spec, GError **err)
{
    char name[64];
    int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (fd < 0 || grantpt(fd) < 0 || unlockpt(fd) < 0 || ptsname_r(fd, name, sizeof(name)) != 0) {
        fail_errno(err, "cannot make a pseudo terminal");
        if (fd >= 0) {
            close(fd);
        }
        return NULL;
    }
    CharFd *f = char_fd_new(fd, fd);
    struct termios t;
    f->slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (f->slave >= 0 && tcgetattr(f->slave, &t) == 0) {
        cfmakeraw(&t);
        tcsetattr(f->slave, TCSANOW, &t);
    }
    g_unix_set_fd_nonblocking(fd, TRUE, NULL);
    g_printerr("emu: character device is on %s\n", name);
    return char_port_new(&char_fd_backend, name, f);
}
