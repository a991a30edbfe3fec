/* SPDX-License-Identifier: MIT */
/*
 * A PS/2 keyboard or mouse at the end of a cable, for a PL050 or an i8042.
 *
 * The controller embeds a Ps2, puts PS2_STATE(Type, field) among its state rows, and calls
 * ps2_attach() in realize.  `update` is called when the device has got or lost bytes to send.
 */
#pragma once
#include "io/ui/input.h"
#include "system/device.h"

typedef enum { PS2_KEYBOARD, PS2_MOUSE } Ps2Kind;

enum { PS2_QUEUE = 64 };

typedef struct Ps2 {
    uint32_t kind;
    void   (*update)(void *opaque);
    void    *opaque;
    InputHandler handler;
    uint8_t  queue[PS2_QUEUE];          /* bytes on their way to the host */
    uint32_t head, num;
    uint8_t  command;                   /* whose argument is awaited; 0: none */
    uint8_t  last_sent;                 /* for RESEND */
    bool     enabled;                   /* scanning, or reporting */
    uint8_t  scan_set, leds, typematic; /* the keyboard's */
    uint8_t  rate, resolution;          /* the mouse's */
    uint8_t  id;                        /* 0 plain, 3 with a wheel, 4 with five buttons */
    uint8_t  knock[3];                  /* the last sample rates set */
    bool     remote, wrap, scaling;
    int32_t  dx, dy, dz;                /* movement not reported yet */
    uint8_t  buttons, reported;
} Ps2;

void ps2_attach(Ps2 *p, Ps2Kind kind, void (*update)(void *opaque), void *opaque);
void ps2_detach(Ps2 *p);
/* As after power-on, without the self-test's report. */
void ps2_reset(Ps2 *p);
/* A byte from the host to the device. */
void ps2_write(Ps2 *p, uint8_t byte);
/* Bytes from the device; 0 when there is none. */
bool ps2_has_data(const Ps2 *p);
uint8_t ps2_read(Ps2 *p);
/* After loading a snapshot: false when the state makes no sense. */
bool ps2_valid(const Ps2 *p);

#define PS2_STATE(T, f)                                                                       \
    STATE_ARRAY(U8, T, f.queue), STATE_U32(T, f.head), STATE_U32(T, f.num),                   \
    STATE_U8(T, f.command), STATE_U8(T, f.last_sent), STATE_BOOL(T, f.enabled),               \
    STATE_U8(T, f.scan_set), STATE_U8(T, f.leds), STATE_U8(T, f.typematic),                   \
    STATE_U8(T, f.rate), STATE_U8(T, f.resolution), STATE_U8(T, f.id),                        \
    STATE_ARRAY(U8, T, f.knock), STATE_BOOL(T, f.remote), STATE_BOOL(T, f.wrap),              \
    STATE_BOOL(T, f.scaling), STATE_I32(T, f.dx), STATE_I32(T, f.dy), STATE_I32(T, f.dz),     \
    STATE_U8(T, f.buttons), STATE_U8(T, f.reported)
