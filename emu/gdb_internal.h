/* SPDX-License-Identifier: MIT */
/* Between the files of the gdb stub. */
#ifndef EMU_GDB_INTERNAL_H
#define EMU_GDB_INTERNAL_H

#include "emu/control.h"
#include "emu/gdb.h"

enum { GDB_PACKET = 16384, GDB_SIGINT = 2, GDB_SIGTRAP = 5, GDB_SIGSEGV = 11 };

typedef struct Gdb {
    CharPort   *port;
    /* receiving: between '$' and '#', then two digits */
    enum { GDB_IDLE, GDB_BODY, GDB_SUM1, GDB_SUM2 } state;
    GByteArray *body;           /* as it came: escapes are taken out when it is complete */
    bool        overflow;
    uint8_t     sum, sum_given;
    /* sending */
    GString    *reply;          /* being made */
    bool        no_reply;       /* this packet is answered later, or never */
    GString    *last;           /* sent whole, to be sent again after '-' */
    /* session */
    bool        attached, no_ack, start_no_ack, multiprocess;
    bool        waits;          /* gdb has let the guest go on: it wants to hear of the stop */
    bool        physical;       /* Qqemu.PhyMemMode */
    bool        step_irqs;      /* Qqemu.sstep without NOIRQ */
    Cpu        *cpu;            /* of registers and memory: Hg, or where it stopped */
    Cpu        *go_cpu;         /* Hc; NULL: all */
    unsigned    next_thread;    /* qsThreadInfo */
    StopEvent   stop;           /* the last one */
    GString    *xml;            /* target description, made for the session */
} Gdb;

/* gdb.c */
void gdb_send(Gdb *g, const char *data, size_t len);
void gdb_stop_reply(Gdb *g);            /* into g->reply */
void gdb_detach(Gdb *g);
void gdb_hex(GString *out, const void *bytes, size_t len);

/* gdb_packets.c: body is complete, unescaped and 0-terminated. */
void gdb_packet(Gdb *g, const char *body, size_t len);
void gdb_thread_id(Gdb *g, GString *out, const Cpu *cpu);

/* gdb_target.c */
GString *gdb_target_xml(const Cpu *cpu);
/* Appends a register by gdb's number, in the guest's byte order; false: there is none. */
bool gdb_get_reg(Cpu *cpu, unsigned number, GString *hex);
/* bytes: as many as the register has, else false. */
bool gdb_set_reg(Cpu *cpu, unsigned number, const uint8_t *bytes, size_t len);
/* The registers of 'g' and 'G': those of the first feature, in order.  Returns bytes used. */
void   gdb_get_core(Cpu *cpu, GString *hex);
size_t gdb_set_core(Cpu *cpu, const uint8_t *bytes, size_t len);

#endif
