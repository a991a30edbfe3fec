/* SPDX-License-Identifier: MIT */
/*
 * The log behind `-d item[,item...]` and `-D file`.
 *
 * A log line costs one test of a global when its item is off.  Items name a thing to see, not a
 * level of importance.
 */
#pragma once
#include <glib.h>
#include <stdint.h>
#include <stdio.h>
#include "system/types.h"

typedef struct Device Device;

/* LOG_ITEM(NAME, "name", "help"): also the table that `-d help` prints. */
#define LOG_ITEMS(X)                                                          \
    X(IN_ASM,  "in_asm",  "guest instructions as they are translated")        \
    X(IR,      "ir",      "IR of each region; ir:<pass> after that pass only") \
    X(OUT_ASM, "out_asm", "host instructions as they are emitted")            \
    X(INT,     "int",     "guest exceptions and interrupts")                  \
    X(EXEC,    "exec",    "each entry into a translated block")               \
    X(CPU,     "cpu",     "registers, with each line of exec")                 \
    X(GUEST,   "guest",   "what the guest does wrong")                        \
    X(UNIMP,   "unimp",   "what is not modelled, once per place")             \
    X(MMU,     "mmu",     "page walks and TLB flushes")                       \
    X(STATS,   "stats",   "counters, printed at the end")                     \
    X(MAP,     "map",     "the machine's parts and wires, printed at the start")

enum {
#define LOG_BIT(name, word, about) LOG_BIT_##name,
    LOG_ITEMS(LOG_BIT)
#undef LOG_BIT
    LOG_N_BITS
};
enum {
#define LOG_VALUE(name, word, about) LOG_##name = 1u << LOG_BIT_##name,
    LOG_ITEMS(LOG_VALUE)
#undef LOG_VALUE
};

extern uint32_t log_mask;
extern FILE *log_file;          /* stderr until log_open() */

/* The pass named by `-d ir:<pass>`, or NULL: after every pass. */
extern const char *log_ir_pass;

static inline bool log_on(uint32_t mask)
{
    return unlikely(log_mask & mask);
}

/* One write to log_file; no newline is added. */
void log_write(const char *fmt, ...) G_GNUC_PRINTF(1, 2);

/* The arguments are evaluated only when an item of the mask is on. */
#define log_print(mask, ...) (log_on(mask) ? log_write(__VA_ARGS__) : (void)0)

/* Adds the items of a list such as "in_asm,int,ir:fold" to log_mask. */
bool log_parse(const char *list, GError **err);
bool log_open(const char *path, GError **err);
void log_help(FILE *out);

/* "<device id>: guest: <message>\n"; dev may be NULL (a CPU, the memory map). */
#define log_guest(dev, ...) (log_on(LOG_GUEST) ? log_device((dev), "guest", __VA_ARGS__) : (void)0)

/* The same for what is not modelled, said once for each place in our source. */
#define log_unimp(dev, ...)                                                   \
    do {                                                                      \
        static bool said_;                                                    \
        if (log_on(LOG_UNIMP) && !said_) {                                    \
            said_ = true;                                                     \
            log_device((dev), "unimp", __VA_ARGS__);                          \
        }                                                                     \
    } while (0)

/* -dfilter: "FROM..TO", "FROM+SIZE" or "FROM-SIZE", several joined by ','; log_wants() says whether an address is
 * among them (always, without a filter). */
bool log_filter(const char *ranges, GError **err);
bool log_wants(uint64_t address);

/* Sees each line of log_guest and log_unimp; true: it is not written besides. */
extern bool (*log_sink)(const char *who, const char *kind, const char *text);

/* Not called directly: dev is a Device *, or NULL. */
void log_device(const Device *dev, const char *kind, const char *fmt, ...) G_GNUC_PRINTF(3, 4);
