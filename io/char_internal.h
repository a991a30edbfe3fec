/* SPDX-License-Identifier: MIT */
/*
 * Between the character files: what a CharPort is, and what a host end must bring.
 */
#pragma once
#include "io/char.h"
#include "system/clock.h"

/* A host end.  Absent functions: nothing to do. */
typedef struct CharBackend {
    const char *name;
    /* Takes what it can of len bytes without blocking and returns how many; -1: never again. */
    int  (*write)(CharPort *port, const uint8_t *buf, unsigned len);
    /* There is room for input again: begin to watch for it (char_push_input). */
    void (*want_input)(CharPort *port);
    /* write() took less than all: call char_flush() when it would take more. */
    void (*want_output)(CharPort *port);
    /* Waits for want_output's condition, at most this long. */
    void (*wait_output)(CharPort *port, int ms);
    /* Does output that was taken wait somewhere behind it? */
    bool (*waiting)(const CharPort *port);
    void (*close)(CharPort *port);
} CharBackend;

enum {
    CHAR_IN_ROOM  = 4096,       /* input that may wait for the user */
    CHAR_OUT_MOST = 1 << 20,    /* output that may wait for the host; more is dropped */
    CHAR_OUT_FULL = 4096,       /* output that is pushed out at once */
};

struct CharPort {
    const CharBackend *backend;
    char        *spec;
    CharCanRead  can_read;
    CharRead     read;
    CharEventFn  event;
    void        *opaque;
    bool         open;          /* somebody is at the other end */
    bool         dead;          /* output has failed for good */
    GByteArray  *in, *out;
    CharTap      tap;
    void        *tap_opaque;
    bool         by_clock;      /* input is delivered by the virtual clock */
    Timer        deliver_timer;
    unsigned     deliver_id, flush_id;  /* sources of the main loop, 0: none */
    void        *host;          /* the host end's own */
    CharPort    *next;
};

CharPort *char_port_new(const CharBackend *backend, const char *spec, void *host);
/* Input from the host: queued, and delivered as far as the user takes it. */
void char_push_input(CharPort *port, const void *buf, unsigned len);
static inline unsigned char_input_room(const CharPort *port)
{
    return port->in->len < CHAR_IN_ROOM ? CHAR_IN_ROOM - port->in->len : 0;
}
void char_send_event(CharPort *port, CharEvent event);
void char_set_open(CharPort *port, bool open);

/* char_fd.c, char_socket.c, char_mux.c: spec is what follows "file:" and so on. */
CharPort *char_open_stdio(const char *spec, GError **err);
CharPort *char_open_stdout(const char *spec, GError **err);
CharPort *char_open_file(const char *spec, GError **err);
CharPort *char_open_pty(const char *spec, GError **err);
CharPort *char_open_unix(const char *spec, GError **err);
CharPort *char_open_tcp(const char *spec, GError **err);
CharPort *char_open_mux(const char *spec, GError **err);
/* Is its input a terminal, where a person types? */
bool char_is_terminal(const CharPort *port);
void char_quit(void);

/* An open descriptor as a host end: the parts of char_fd.c that sockets share. */
typedef struct CharFd {
    int      in, out;           /* -1: none */
    unsigned in_id, out_id;     /* watches */
    bool     socket, terminal, pipe, stdio;
    bool     hangs_up;          /* a connection: the end of input is the end of it */
    int      slave;             /* of a pty: held open, so that it never hangs up */
    int      listener;
    unsigned listen_id;
    char    *unlink;            /* path of a unix server's socket */
} CharFd;
extern const CharBackend char_fd_backend;
CharFd *char_fd_new(int in, int out);
void char_fd_watch(CharPort *port);
/* The other end of a server's connection is gone. */
void char_socket_hangup(CharPort *port);
