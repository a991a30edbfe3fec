/* SPDX-License-Identifier: MIT */
/*
 * The two-wire serial bus of the Versatile boards, whose wires software moves, and the DS1338 clock
 * on it.
 * Implements: ARM DUI 0225D, section 4.16 (SB_CONTROL); Maxim DS1338 data sheet, "Timekeeper
 * registers" and "I2C serial data bus"; NXP UM10204 (start, stop, acknowledge).
 *
 * A wire is high unless somebody pulls it low.  The clock chip looks at both wires whenever the
 * master moves one: data changes while SCL is low, a change while it is high is a start or a stop.
 *
 * Choices: the time is CLOCK_RTC in UTC, 24 hours; a write to the time registers moves an offset.
 * Not modelled: the EEPROM on the memory modules (nobody answers its address), the square wave.
 */
#include <glib.h>
#include "system/clock.h"
#include "system/device.h"

enum { SCL = 1, SDA = 2, CHIP = 0x68, N_RAM = 64, N_TIME = 7, ACK_BIT = 8 };

/* What the chip takes part in. */
enum { IDLE, ADDRESS, POINTER, WRITE, READ };

typedef struct ArmSbcon {
    Device   dev;
    int64_t  offset;            /* the chip's time - CLOCK_RTC, seconds */
    uint32_t wires;             /* as the master drives them */
    uint8_t  pulls;             /* the chip holds SDA low */
    uint8_t  doing, bit, shift, pointer;
    uint8_t  ram[N_RAM];        /* by register number; time registers while they are looked at */
} ArmSbcon;

#define DEV ArmSbcon
#define SBCON(d) DEVICE_AS(ArmSbcon, d)

/* ---- the clock chip ---- */

static uint8_t to_bcd(int v)
{
    return v / 10 << 4 | v % 10;
}

static int from_bcd(uint8_t v)
{
    return (v >> 4) * 10 + (v & 15);
}

/* The time registers hold still during a transfer. */
static void latch_time(ArmSbcon *s)
{
    int64_t now = clock_now(CLOCK_RTC) / NS_PER_SEC + s->offset;
    g_autoptr(GDateTime) t = g_date_time_new_from_unix_utc(now);
    if (!t) {
        return;
    }
    const int field[N_TIME] = {
        g_date_time_get_second(t), g_date_time_get_minute(t), g_date_time_get_hour(t),
        g_date_time_get_day_of_week(t), g_date_time_get_day_of_month(t),
        g_date_time_get_month(t), g_date_time_get_year(t) % 100,
    };
    for (unsigned i = 0; i < N_TIME; i++) {
        s->ram[i] = to_bcd(field[i]);
    }
}

/* Nonsense is not taken over. */
static void set_time(ArmSbcon *s)
{
    const uint8_t *r = s->ram;
    g_autoptr(GDateTime) t = g_date_time_new_utc(2000 + from_bcd(r[6]), from_bcd(r[5] & 0x1f),
                                                 from_bcd(r[4] & 0x3f), from_bcd(r[2] & 0x3f),
                                                 from_bcd(r[1] & 0x7f), from_bcd(r[0] & 0x7f));
    if (t) {
        s->offset = g_date_time_to_unix(t) - clock_now(CLOCK_RTC) / NS_PER_SEC;
    }
}

/* A byte from the master; is it acknowledged? */
static bool byte_in(ArmSbcon *s, uint8_t v)
{
    switch (s->doing) {
    case ADDRESS:
        if (v >> 1 != CHIP) {
            s->doing = IDLE;
            return false;
        }
        latch_time(s);
        s->doing = v & 1 ? READ : POINTER;
        return true;
    case POINTER:
        s->pointer = v % N_RAM;
        s->doing = WRITE;
        return true;
    default:
        s->ram[s->pointer] = v;
        if (s->pointer < N_TIME) {
            set_time(s);
        }
        s->pointer = (s->pointer + 1) % N_RAM;
        return true;
    }
}

static uint8_t byte_out(ArmSbcon *s)
{
    uint8_t v = s->ram[s->pointer];
    s->pointer = (s->pointer + 1) % N_RAM;
    return v;
}

/* ---- the bus ---- */

static void scl_rises(ArmSbcon *s, bool sda)
{
    if (s->doing == READ && s->bit == ACK_BIT) {
        if (sda && !s->pulls) {                 /* the master wants no more; pulls: it is our own */
            s->doing = IDLE;                    /* acknowledgement of the address */
        }
    } else if (s->doing != READ && s->bit < ACK_BIT) {
        s->shift = s->shift << 1 | sda;
    }
}

/* The ninth bit is the acknowledgement; `bit` is ACK_BIT + 1 after a start, before the first. */
static void scl_falls(ArmSbcon *s)
{
    bool read = s->doing == READ;
    s->bit = s->bit >= ACK_BIT ? 0 : s->bit + 1;
    if (s->bit == ACK_BIT) {
        s->pulls = !read && byte_in(s, s->shift);
        return;
    }
    if (read && s->bit == 0) {
        s->shift = byte_out(s);
    }
    s->pulls = read && !(s->shift << s->bit & 0x80);
}

static void wires_move(ArmSbcon *s, uint32_t now)
{
    uint32_t was = s->wires;
    s->wires = now;
    if (was & now & SCL) {
        if ((was ^ now) & SDA) {
            s->doing = now & SDA ? IDLE : ADDRESS;
            s->bit = ACK_BIT + 1;
            s->pulls = false;
        }
    } else if (s->doing != IDLE && (was ^ now) & SCL) {
        if (now & SCL) {
            scl_rises(s, now & SDA);
        } else {
            scl_falls(s);
        }
    } else if ((was ^ now) & SCL && !(now & SCL)) {
        s->pulls = false;
    }
}

/* ---- registers ---- */

static uint32_t control_read(Device *dev)
{
    const ArmSbcon *s = SBCON(dev);
    return s->wires & (s->pulls ? SCL : SCL | SDA);
}

static void controls_write(Device *dev, uint32_t value)
{
    wires_move(SBCON(dev), SBCON(dev)->wires | (value & (SCL | SDA)));
}

static void controlc_write(Device *dev, uint32_t value)
{
    wires_move(SBCON(dev), SBCON(dev)->wires & ~value);
}

static const RegDef arm_sbcon_regs[] = {
    { 0x0, "CONTROL",  .read = control_read, .write = controls_write },
    { 0x4, "CONTROLC", .write = controlc_write },
};

static void arm_sbcon_reset(Device *dev)
{
    ArmSbcon *s = SBCON(dev);
    s->wires = SCL | SDA;
    s->doing = IDLE;
    s->pulls = 0;
}

const DeviceClass arm_sbcon = {
    .name  = "arm-sbcon", .about = "two-wire serial bus of the Versatile boards, with DS1338 clock",
    .size  = sizeof(ArmSbcon),
    .regs  = REGS(arm_sbcon_regs, 0x1000, ACCESS_ANY),
    .state = STATE(STATE_I64(ArmSbcon, offset, .keep = true), STATE_U32(ArmSbcon, wires),
                   STATE_U8(ArmSbcon, pulls), STATE_U8(ArmSbcon, doing), STATE_U8(ArmSbcon, bit),
                   STATE_U8(ArmSbcon, shift), STATE_U8(ArmSbcon, pointer),
                   STATE_ARRAY(U8, ArmSbcon, ram, .keep = true)),
    .reset = arm_sbcon_reset,
};
