/* SPDX-License-Identifier: MIT */
/*
 * Character ports: buffering, back pressure, the mux, and each kind of host end.
 */
#include "io/char.h"
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include "system/error.h"

/* A user of a port that takes `room` bytes and notes what comes. */
typedef struct User {
    GString *got;
    unsigned room;
    unsigned opened, closed, breaks, focus;
} User;

static unsigned can_read(void *opaque)
{
    return ((User *)opaque)->room;
}

static void take(void *opaque, const uint8_t *buf, unsigned len)
{
    User *u = opaque;
    g_assert_cmpuint(len, <=, u->room);
    u->room -= len;
    g_string_append_len(u->got, (const char *)buf, len);
}

static void event(void *opaque, CharEvent e)
{
    User *u = opaque;
    u->opened += e == CHAR_OPENED;
    u->closed += e == CHAR_CLOSED;
    u->breaks += e == CHAR_BREAK;
    u->focus += e == CHAR_FOCUS;
}

static void attach(CharPort *port, User *u, unsigned room)
{
    *u = (User){ .got = g_string_new(""), .room = room };
    char_set_handlers(port, can_read, take, event, u);
}

static void detach(User *u)
{
    g_string_free(u->got, TRUE);
}

static void settle(void)
{
    while (g_main_context_iteration(NULL, FALSE)) {
    }
}

/* Runs the main loop until the condition holds, a few seconds at most. */
#define WAIT_FOR(cond)                                          \
    do {                                                        \
        int64_t end_ = g_get_monotonic_time() + 5000000;        \
        while (!(cond)) {                                       \
            g_assert_cmpint(g_get_monotonic_time(), <, end_);   \
            g_main_context_iteration(NULL, FALSE);              \
        }                                                       \
    } while (0)

static void expect_output(CharPort *port, const char *text)
{
    GString *s = char_memory_take(port);
    g_assert_cmpstr(s->str, ==, text);
    g_string_free(s, TRUE);
}

/* What has come on fd until it stands still at n bytes. */
static char *read_all(int fd, unsigned n)
{
    char *buf = g_malloc0(n + 1);
    unsigned got = 0;
    int64_t end = g_get_monotonic_time() + 5000000;
    while (got < n && g_get_monotonic_time() < end) {
        struct pollfd p = { .fd = fd, .events = POLLIN };
        g_main_context_iteration(NULL, FALSE);
        if (poll(&p, 1, 0) > 0) {
            ssize_t k = read(fd, buf + got, n - got);
            g_assert_cmpint(k, >, 0);
            got += k;
        }
    }
    g_assert_cmpuint(got, ==, n);
    return buf;
}

/* --- What all share --------------------------------------------------------------------------- */

static void null_takes_everything(void)
{
    CharPort *port = char_open("null", NULL);
    char_write(port, "abc\n", 4);
    char_write(NULL, "abc\n", 4);
    char_set_handlers(NULL, NULL, NULL, NULL, NULL);
    char_accept_input(NULL);
    g_assert_false(char_is_open(NULL));
    char_close(port);
}

static void input_waits_for_room(void)
{
    User u;
    CharPort *port = char_memory();
    attach(port, &u, 3);
    g_assert_cmpuint(u.opened, ==, 1);
    char_memory_feed(port, "abcdefgh", 8);
    g_assert_cmpstr(u.got->str, ==, "abc");
    u.room = 2;
    char_accept_input(port);
    g_assert_cmpstr(u.got->str, ==, "abc");     /* never from within the call */
    settle();
    g_assert_cmpstr(u.got->str, ==, "abcde");
    u.room = 100;
    char_accept_input(port);
    settle();
    g_assert_cmpstr(u.got->str, ==, "abcdefgh");
    char_close(port);
    detach(&u);
}

static void input_waits_for_a_user(void)
{
    User u;
    CharPort *port = char_memory();
    char_memory_feed(port, "early", 5);
    attach(port, &u, 100);
    settle();
    g_assert_cmpstr(u.got->str, ==, "early");
    char_close(port);
    detach(&u);
}

static void bad_names(void)
{
    static const struct {
        const char *spec, *message;
    } cases[] = {
        { "stdoi", "unknown character device 'stdoi', did you mean 'stdio'?" },
        { "file",  "character device 'file': 'file' wants something after a colon" },
        { "pty:x", "character device 'pty:x': 'pty' takes no argument" },
        { "unix:/tmp/x,sever", "unknown option of a socket: 'sever', did you mean 'server'?" },
        { "tcp:nowhere", "'tcp:nowhere' wants HOST:PORT" },
        { "mon:mon:null", "'mon:' within 'mon:'" },
    };
    for (unsigned i = 0; i < ARRAY_SIZE(cases); i++) {
        GError *err = NULL;
        g_assert_null(char_open(cases[i].spec, &err));
        g_assert_error(err, EMU_ERROR, EMU_ERROR_USAGE);
        g_assert_cmpstr(err->message, ==, cases[i].message);
        g_error_free(err);
    }
    GError *err = NULL;
    g_assert_null(char_open("file:/nonexistent/x", &err));
    g_assert_error(err, EMU_ERROR, EMU_ERROR_NOINPUT);
    g_error_free(err);
}

/* --- The mux ---------------------------------------------------------------------------------- */

static unsigned quits;

static void note_quit(void)
{
    quits++;
}

static void mux_escapes(void)
{
    User console, monitor;
    CharPort *base = char_memory();
    CharPort *a = char_mux_on(base), *b = char_mux_add(a);
    attach(a, &console, 100);
    attach(b, &monitor, 100);
    char_set_quit_handler(note_quit);
    char_memory_feed(base, "ab\1\1", 4);
    g_assert_cmpstr(console.got->str, ==, "ab\1");
    char_memory_feed(base, "\1c", 2);
    char_memory_feed(base, "info\1", 5);        /* the escape may come in two parts */
    char_memory_feed(base, "cxyz", 4);
    g_assert_cmpstr(monitor.got->str, ==, "info");
    g_assert_cmpstr(console.got->str, ==, "ab\1xyz");
    g_assert_cmpuint(monitor.focus, ==, 1);
    g_assert_cmpuint(console.focus, ==, 1);
    char_memory_feed(base, "\1b\1?", 4);
    g_assert_cmpuint(console.breaks, ==, 1);
    GString *s = char_memory_take(base);
    g_assert_nonnull(strstr(s->str, "Ctrl-A x"));
    g_string_free(s, TRUE);
    g_assert_cmpuint(quits, ==, 0);
    char_memory_feed(base, "\1x", 2);
    g_assert_cmpuint(quits, ==, 1);
    char_set_quit_handler(NULL);
    char_write(a, "con\n", 4);
    char_write(b, "mon\n", 4);
    expect_output(base, "con\nmon\n");
    char_close(a);
    char_close(b);
    detach(&console);
    detach(&monitor);
}

/* From a pipe nothing is lost, however slow the guest; and nothing grows without bound. */
static void mux_holds_back(void)
{
    User u;
    int fds[2], saved = dup(STDIN_FILENO);
    enum { LEN = 20000 };
    g_autofree char *sent = g_malloc(LEN);
    for (unsigned i = 0; i < LEN; i++) {
        sent[i] = 'a' + i % 23;
    }
    g_assert_cmpint(pipe(fds), ==, 0);
    dup2(fds[0], STDIN_FILENO);
    close(fds[0]);
    g_assert_cmpint(write(fds[1], sent, LEN), ==, LEN);
    close(fds[1]);
    GError *err = NULL;
    CharPort *port = char_open("mon:stdio", &err);
    g_assert_no_error(err);
    attach(port, &u, 0);
    settle();
    g_assert_cmpuint(u.got->len, ==, 0);
    for (unsigned rounds = 0; u.got->len < LEN; rounds++) {
        g_assert_cmpuint(rounds, <, 10000);
        u.room = 16;
        char_accept_input(port);
        settle();
    }
    g_assert_cmpmem(u.got->str, u.got->len, sent, LEN);
    char_close(port);
    dup2(saved, STDIN_FILENO);
    close(saved);
    detach(&u);
}

/* --- Host ends -------------------------------------------------------------------------------- */

static void file_gets_all(void)
{
    g_autofree char *path = g_strdup_printf("%s/emu-char-%d", g_get_tmp_dir(), getpid());
    g_autofree char *spec = g_strdup_printf("file:%s", path), *text = NULL;
    GError *err = NULL;
    CharPort *port = char_open(spec, &err);
    g_assert_no_error(err);
    for (unsigned i = 0; i < 10000; i++) {
        char_write(port, "x", 1);
    }
    char_write(port, "end", 3);
    char_close(port);
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpuint(strlen(text), ==, 10003);
    g_assert_cmpstr(text + 9998, ==, "xxend");
    unlink(path);
}

static void prompt_comes_by_itself(void)
{
    g_autofree char *path = g_strdup_printf("%s/emu-char-%d", g_get_tmp_dir(), getpid());
    g_autofree char *spec = g_strdup_printf("file:%s", path), *text = NULL;
    CharPort *port = char_open(spec, NULL);
    char_write(port, "# ", 2);
    int64_t end = g_get_monotonic_time() + 5000000;
    do {
        g_assert_cmpint(g_get_monotonic_time(), <, end);
        g_main_context_iteration(NULL, FALSE);
        g_free(text);
        g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    } while (strcmp(text, "# ") != 0);
    char_close(port);
    unlink(path);
}

static void talk(CharPort *port, User *u, int fd)
{
    char_write(port, "hello\n", 6);
    g_autofree char *got = read_all(fd, 6);
    g_assert_cmpstr(got, ==, "hello\n");
    g_assert_cmpint(write(fd, "hi", 2), ==, 2);
    WAIT_FOR(u->got->len == 2);
    g_assert_cmpstr(u->got->str, ==, "hi");
    g_string_truncate(u->got, 0);
}

static int connect_unix(const char *path)
{
    struct sockaddr_un addr = { .sun_family = AF_UNIX };
    g_strlcpy(addr.sun_path, path, sizeof(addr.sun_path));
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    g_assert_cmpint(connect(fd, (struct sockaddr *)&addr, sizeof(addr)), ==, 0);
    return fd;
}

static void unix_server(void)
{
    User u;
    g_autofree char *path = g_strdup_printf("%s/emu-sock-%d", g_get_tmp_dir(), getpid());
    g_autofree char *spec = g_strdup_printf("unix:%s,server,nowait", path);
    GError *err = NULL;
    CharPort *port = char_open(spec, &err);
    g_assert_no_error(err);
    attach(port, &u, 1000);
    g_assert_false(char_is_open(port));
    char_write(port, "lost\n", 5);
    for (unsigned i = 1; i <= 2; i++) {         /* one client after the other */
        int fd = connect_unix(path);
        WAIT_FOR(char_is_open(port));
        talk(port, &u, fd);
        close(fd);
        WAIT_FOR(!char_is_open(port));
        g_assert_cmpuint(u.opened, ==, i);
        g_assert_cmpuint(u.closed, ==, i);
    }
    char_close(port);
    g_assert_cmpint(access(path, F_OK), !=, 0);
    detach(&u);
}

/* A reader that stands still: what does not fit is dropped in the end, and nobody waits. */
static void stalled_reader(void)
{
    User u;
    g_autofree char *path = g_strdup_printf("%s/emu-sock-%d", g_get_tmp_dir(), getpid());
    g_autofree char *spec = g_strdup_printf("unix:%s,server,nowait", path);
    CharPort *port = char_open(spec, NULL);
    attach(port, &u, 1000);
    int fd = connect_unix(path);
    WAIT_FOR(char_is_open(port));
    char line[1024];
    memset(line, 'x', sizeof(line));
    line[1023] = '\n';
    for (unsigned i = 0; i < 4096; i++) {
        char_write(port, line, sizeof(line));
    }
    g_autofree char *got = read_all(fd, 1 << 20);       /* what was buffered does arrive */
    close(fd);
    WAIT_FOR(!char_is_open(port));
    char_close(port);
    detach(&u);
}

static void tcp_client(void)
{
    User u;
    struct sockaddr_in addr = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
    socklen_t len = sizeof(addr);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    g_assert_cmpint(bind(listener, (struct sockaddr *)&addr, len), ==, 0);
    g_assert_cmpint(listen(listener, 1), ==, 0);
    g_assert_cmpint(getsockname(listener, (struct sockaddr *)&addr, &len), ==, 0);
    g_autofree char *spec = g_strdup_printf("tcp:127.0.0.1:%d", ntohs(addr.sin_port));
    GError *err = NULL;
    CharPort *port = char_open(spec, &err);
    g_assert_no_error(err);
    attach(port, &u, 1000);
    int fd = accept(listener, NULL, NULL);
    talk(port, &u, fd);
    char_close(port);
    close(fd);
    close(listener);
    detach(&u);
}

static void pseudo_terminal(void)
{
    User u;
    int saved = dup(STDERR_FILENO), fds[2];
    char name[128] = { 0 };
    g_assert_cmpint(pipe(fds), ==, 0);
    dup2(fds[1], STDERR_FILENO);                /* its name is told there */
    CharPort *port = char_open("pty", NULL);
    dup2(saved, STDERR_FILENO);
    close(fds[1]);
    g_assert_nonnull(port);
    g_assert_cmpint(read(fds[0], name, sizeof(name) - 1), >, 0);
    close(fds[0]);
    close(saved);
    char *path = strstr(name, "/dev/");
    g_assert_nonnull(path);
    g_strchomp(path);
    attach(port, &u, 1000);
    for (unsigned i = 0; i < 2; i++) {          /* may be opened again */
        int fd = open(path, O_RDWR | O_NOCTTY);
        g_assert_cmpint(fd, >=, 0);
        talk(port, &u, fd);
        close(fd);
        settle();
    }
    char_close(port);
    detach(&u);
}

/* At exit, what is buffered still goes out. */
static void flushed_at_exit(void)
{
    int fds[2];
    g_assert_cmpint(pipe(fds), ==, 0);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(fds[1], STDOUT_FILENO);
        close(fds[0]);
        close(fds[1]);
        CharPort *port = char_open("stdio", NULL);
        char_write(port, "last words", 10);
        exit(3);
    }
    close(fds[1]);
    char buf[64] = { 0 };
    int status;
    ssize_t n = read(fds[0], buf, sizeof(buf) - 1);
    waitpid(pid, &status, 0);
    close(fds[0]);
    g_assert_cmpint(n, ==, 10);
    g_assert_cmpstr(buf, ==, "last words");
    g_assert_cmpint(WEXITSTATUS(status), ==, 3);
}

/* A child on a terminal of its own; it ends by exit() when a byte comes, else by a signal. */
static pid_t child_on_terminal(int master, const char *slave)
{
    pid_t pid = fork();
    if (pid == 0) {
        close(master);
        setsid();
        int fd = open(slave, O_RDWR);
        for (int i = 0; i <= 2; i++) {
            dup2(fd, i);
        }
        User u;
        CharPort *port = char_open("mon:stdio", NULL);
        attach(port, &u, 100);
        char_write(port, "ready\n", 6);
        while (u.got->len == 0) {
            g_main_context_iteration(NULL, TRUE);
        }
        exit(5);
    }
    return pid;
}

static void expect_ready(int master)
{
    char text[64] = { 0 };
    unsigned n = 0;
    while (!strchr(text, '\n') && n < sizeof(text) - 1) {
        ssize_t k = read(master, text + n, sizeof(text) - 1 - n);
        g_assert_cmpint(k, >, 0);
        n += k;
    }
    g_assert_true(g_str_has_prefix(text, "ready"));
}

static bool is_cooked(int fd)
{
    struct termios t;
    g_assert_cmpint(tcgetattr(fd, &t), ==, 0);
    return (t.c_lflag & (ICANON | ECHO | ISIG)) == (ICANON | ECHO | ISIG);
}

static void terminal_is_restored(void)
{
    for (unsigned by_signal = 0; by_signal <= 1; by_signal++) {
        int status, master = posix_openpt(O_RDWR | O_NOCTTY);
        g_assert_cmpint(master, >=, 0);
        g_assert_cmpint(grantpt(master) | unlockpt(master), ==, 0);
        const char *name = ptsname(master);
        int slave = open(name, O_RDWR | O_NOCTTY);      /* keeps its settings for us to see */
        pid_t pid = child_on_terminal(master, name);
        expect_ready(master);
        g_assert_false(is_cooked(slave));
        if (by_signal) {
            kill(pid, SIGTERM);
        } else {
            g_assert_cmpint(write(master, "x", 1), ==, 1);
        }
        waitpid(pid, &status, 0);
        g_assert_true(is_cooked(slave));
        g_assert_true(by_signal ? WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM
                                : WIFEXITED(status) && WEXITSTATUS(status) == 5);
        close(slave);
        close(master);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/io/char/null_takes_everything", null_takes_everything);
    g_test_add_func("/io/char/input_waits_for_room", input_waits_for_room);
    g_test_add_func("/io/char/input_waits_for_a_user", input_waits_for_a_user);
    g_test_add_func("/io/char/bad_names", bad_names);
    g_test_add_func("/io/char/mux_escapes", mux_escapes);
    g_test_add_func("/io/char/flushed_at_exit", flushed_at_exit);
    g_test_add_func("/io/char/terminal_is_restored", terminal_is_restored);
    g_test_add_func("/io/char/mux_holds_back", mux_holds_back);
    g_test_add_func("/io/char/file_gets_all", file_gets_all);
    g_test_add_func("/io/char/prompt_comes_by_itself", prompt_comes_by_itself);
    g_test_add_func("/io/char/unix_server", unix_server);
    g_test_add_func("/io/char/stalled_reader", stalled_reader);
    g_test_add_func("/io/char/tcp_client", tcp_client);
    g_test_add_func("/io/char/pseudo_terminal", pseudo_terminal);
    return g_test_run();
}
