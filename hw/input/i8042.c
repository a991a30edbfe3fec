/* SPDX-License-Identifier: MIT */
/*
 * 8042, the PC's keyboard controller, with a PS/2 keyboard and mouse at its connectors.
 * Implements: IBM PS/2 Hardware Interface Technical Reference, "Keyboard and Auxiliary Device
 * Controller"; the translation of scan code set 2 to set 1 is that of the PC/AT's controller.
 *
 *     outputs   kbd (IRQ 1), mouse (IRQ 12), a20, reset (a pulse)
 *     windows   "data" (port 0x60), "command" (0x64)
 *
 * Choices: what the controller itself answers is there at once; a byte from a device takes 0.7 ms on
 * its cable (programs that read port 0x60 twice in a row get the same byte twice, as they expect).
 * Bytes to a device arrive at once.  The key lock is open.  A reset of the machine leaves A20 on.
 * Not here: the password commands (no password is installed), the diagnostic dump (0xac).
 */
#include "hw/input/ps2.h"

enum {
    STATUS_OBF = 0x01, STATUS_SYSTEM = 0x04, STATUS_COMMAND = 0x08, STATUS_UNLOCKED = 0x10,
    STATUS_AUX = 0x20,
    MODE_KBD_INT = 0x01, MODE_AUX_INT = 0x02, MODE_SYSTEM = 0x04, MODE_KBD_OFF = 0x10,
    MODE_AUX_OFF = 0x20, MODE_TRANSLATE = 0x40,
    OUT_RUN = 0x01, OUT_A20 = 0x02, OUT_OBF = 0x10, OUT_AUX_OBF = 0x20, OUT_IDLE = 0xc0,
    IN_PORT = 0xb0,                     /* not locked, colour display not forced, RAM enabled */
};
#define BYTE_NS (700 * NS_PER_US)

typedef struct I8042 {
    Device  dev;
    IrqLine kbd, mouse, a20, reset;
    Ps2     keyboard, aux;
    Timer   cable;                      /* when the byte on its way arrives */
    uint8_t ram[32];                    /* byte 0: the mode */
    uint8_t output;                     /* the output buffer */
    uint8_t out_port;
    uint8_t argument_of;                /* the command whose data byte is awaited; 0: none */
    bool    full, from_aux;             /* the output buffer */
    bool    last_was_command;
    bool    key_up;                     /* the translator has seen F0 */
} I8042;
#define I8042(d) DEVICE_AS(I8042, d)

/* Set 2 to set 1; what has its top bit set goes through but for the two keys that need it. */
static const uint8_t set1_of[128] = {
    0xff, 0x43, 0x41, 0x3f, 0x3d, 0x3b, 0x3c, 0x58, 0x64, 0x44, 0x42, 0x40, 0x3e, 0x0f, 0x29, 0x59,
    0x65, 0x38, 0x2a, 0x70, 0x1d, 0x10, 0x02, 0x5a, 0x66, 0x71, 0x2c, 0x1f, 0x1e, 0x11, 0x03, 0x5b,
    0x67, 0x2e, 0x2d, 0x20, 0x12, 0x05, 0x04, 0x5c, 0x68, 0x39, 0x2f, 0x21, 0x14, 0x13, 0x06, 0x5d,
    0x69, 0x31, 0x30, 0x23, 0x22, 0x15, 0x07, 0x5e, 0x6a, 0x72, 0x32, 0x24, 0x16, 0x08, 0x09, 0x5f,
    0x6b, 0x33, 0x25, 0x17, 0x18, 0x0b, 0x0a, 0x60, 0x6c, 0x34, 0x35, 0x26, 0x27, 0x19, 0x0c, 0x61,
    0x6d, 0x73, 0x28, 0x74, 0x1a, 0x0d, 0x62, 0x6e, 0x3a, 0x36, 0x1c, 0x1b, 0x75, 0x2b, 0x63, 0x76,
    0x55, 0x56, 0x77, 0x78, 0x79, 0x7a, 0x0e, 0x7b, 0x7c, 0x4f, 0x7d, 0x4b, 0x47, 0x7e, 0x7f, 0x6f,
    0x52, 0x53, 0x50, 0x4c, 0x4d, 0x48, 0x01, 0x45, 0x57, 0x4e, 0x51, 0x4a, 0x37, 0x49, 0x46, 0x54,
};

static uint8_t mode(const I8042 *s)
{
    return s->ram[0];
}

/* --- The output buffer ------------------------------------------------------------------------ */

static void update_lines(I8042 *s)
{
    irq_set(&s->kbd, s->full && !s->from_aux && mode(s) & MODE_KBD_INT);
    irq_set(&s->mouse, s->full && s->from_aux && mode(s) & MODE_AUX_INT);
}

static void put_output(I8042 *s, uint8_t byte, bool from_aux)
{
    s->output = byte;
    s->full = true;
    s->from_aux = from_aux;
    update_lines(s);
}

/* False: the byte is part of a longer one. */
static bool translate(I8042 *s, uint8_t *byte)
{
    if (*byte == 0xf0) {
        s->key_up = true;
        return false;
    }
    uint8_t v = *byte < 0x80 ? set1_of[*byte] : *byte == 0x83 ? 0x41 : *byte == 0x84 ? 0x54 : *byte;
    *byte = v | (s->key_up ? 0x80 : 0);
    s->key_up = false;
    return true;
}

static bool keyboard_waits(const I8042 *s)
{
    return !(mode(s) & MODE_KBD_OFF) && ps2_has_data(&s->keyboard);
}

static bool aux_waits(const I8042 *s)
{
    return !(mode(s) & MODE_AUX_OFF) && ps2_has_data(&s->aux);
}

/* The byte has come over its cable. */
static void byte_arrives(void *opaque)
{
    I8042 *s = opaque;
    while (!s->full && keyboard_waits(s)) {
        uint8_t byte = ps2_read(&s->keyboard);
        if (!(mode(s) & MODE_TRANSLATE) || translate(s, &byte)) {
            put_output(s, byte, false);
        }
    }
    if (!s->full && aux_waits(s)) {
        put_output(s, ps2_read(&s->aux), true);
    }
    if (s->full) {
        timer_cancel(&s->cable);        /* the next one waits until this one is read */
    }
}

/* A device may send when the output buffer is empty. */
static void listen(void *opaque)
{
    I8042 *s = opaque;
    if (!s->full && !timer_pending(&s->cable) && (keyboard_waits(s) || aux_waits(s))) {
        timer_set(&s->cable, clock_now(CLOCK_VIRTUAL) + BYTE_NS);
    }
}

/* --- Commands --------------------------------------------------------------------------------- */

static void set_mode(I8042 *s, uint8_t v)
{
    s->ram[0] = v;
    update_lines(s);
    listen(s);
}

static void pulse_reset(I8042 *s)
{
    irq_pulse(&s->reset);
}

static void set_out_port(I8042 *s, uint8_t v)
{
    s->out_port = v;
    irq_set(&s->a20, v & OUT_A20);
    if (!(v & OUT_RUN)) {
        pulse_reset(s);
    }
}

static uint8_t read_out_port(const I8042 *s)
{
    return (s->out_port & (OUT_RUN | OUT_A20)) | OUT_IDLE |
           (irq_level(&s->kbd) ? OUT_OBF : 0) | (irq_level(&s->mouse) ? OUT_AUX_OBF : 0);
}

static void command_write(Device *dev, uint32_t v)
{
    I8042 *s = I8042(dev);
    s->last_was_command = true;
    s->argument_of = 0;
    if (v >= 0x20 && v < 0x40) {
        put_output(s, s->ram[v & 31], false);
        return;
    }
    if ((v >= 0x60 && v < 0x80) || (v >= 0xd1 && v <= 0xd4)) {
        s->argument_of = v;
        return;
    }
    if (v >= 0xf0) {                    /* pulses the output port's bits that are 0 in v */
        if (!(v & OUT_RUN)) {
            pulse_reset(s);
        }
        return;
    }
    switch (v) {
    case 0xa4: put_output(s, 0xf1, false); break;       /* no password */
    case 0xa5: s->argument_of = v; break;
    case 0xa6: break;
    case 0xa7: set_mode(s, mode(s) | MODE_AUX_OFF); break;
    case 0xa8: set_mode(s, mode(s) & ~MODE_AUX_OFF); break;
    case 0xa9: put_output(s, 0x00, false); break;       /* the mouse's lines are well */
    case 0xaa: put_output(s, 0x55, false); break;       /* and so is the controller */
    case 0xab: put_output(s, 0x00, false); break;
    case 0xad: set_mode(s, mode(s) | MODE_KBD_OFF); break;
    case 0xae: set_mode(s, mode(s) & ~MODE_KBD_OFF); break;
    case 0xc0: put_output(s, IN_PORT, false); break;
    case 0xd0: put_output(s, read_out_port(s), false); break;
    case 0xdd: set_out_port(s, s->out_port & ~OUT_A20); break;
    case 0xdf: set_out_port(s, s->out_port | OUT_A20); break;
    case 0xe0: put_output(s, 0x00, false); break;       /* test inputs: both clocks low */
    default:
        log_guest(dev, "unknown command %#x", v);
        break;
    }
}

static void argument(I8042 *s, uint8_t command, uint8_t v)
{
    switch (command) {
    case 0x60: set_mode(s, v); break;
    case 0xa5: s->argument_of = v ? 0xa5 : 0; break;    /* a password, up to its zero */
    case 0xd1: set_out_port(s, v); break;
    case 0xd2: put_output(s, v, false); break;
    case 0xd3: put_output(s, v, true); break;
    case 0xd4: ps2_write(&s->aux, v); break;
    default:   s->ram[command & 31] = v; break;
    }
}

/* A byte for the keyboard also switches its interface on. */
static void data_write(Device *dev, uint32_t v)
{
    I8042 *s = I8042(dev);
    uint8_t command = s->argument_of;
    s->last_was_command = false;
    s->argument_of = 0;
    if (command) {
        argument(s, command, v);
    } else {
        set_mode(s, mode(s) & ~MODE_KBD_OFF);
        ps2_write(&s->keyboard, v);
    }
    listen(s);
}

static uint32_t data_read(Device *dev)
{
    I8042 *s = I8042(dev);
    s->full = false;
    update_lines(s);
    listen(s);
    return s->output;
}

static uint32_t status_read(Device *dev)
{
    I8042 *s = I8042(dev);
    return STATUS_UNLOCKED | (s->full ? STATUS_OBF : 0) |
           (s->full && s->from_aux ? STATUS_AUX : 0) |
           (mode(s) & MODE_SYSTEM ? STATUS_SYSTEM : 0) |
           (s->last_was_command ? STATUS_COMMAND : 0);
}

static const RegDef data_regs[] = {
    { 0, "Data", .read = data_read, .write = data_write, .width = 1 },
};

static const RegDef command_regs[] = {
    { 0, "Status", .read = status_read, .write = command_write, .width = 1 },
};

/* --- Life ------------------------------------------------------------------------------------- */

static bool i8042_realize(Device *dev, GError **err)
{
    I8042 *s = I8042(dev);
    timer_init(&s->cable, CLOCK_VIRTUAL, byte_arrives, s);
    ps2_attach(&s->keyboard, PS2_KEYBOARD, listen, s);
    ps2_attach(&s->aux, PS2_MOUSE, listen, s);
    return true;
}

static void i8042_unrealize(Device *dev)
{
    ps2_detach(&I8042(dev)->keyboard);
    ps2_detach(&I8042(dev)->aux);
}

static void i8042_reset(Device *dev)
{
    I8042 *s = I8042(dev);
    ps2_reset(&s->keyboard);
    ps2_reset(&s->aux);
    s->ram[0] = MODE_KBD_OFF | MODE_AUX_OFF;
    s->out_port = OUT_RUN | OUT_A20;
    irq_raise(&s->a20);
}

static bool i8042_loaded(Device *dev, GError **err)
{
    return (ps2_valid(&I8042(dev)->keyboard) && ps2_valid(&I8042(dev)->aux)) ||
           fail(err, EMU_ERROR_DATA, "%s: impossible PS/2 state", dev->id);
}

const DeviceClass i8042 = {
    .name      = "i8042", .about = "keyboard controller of the PC, with keyboard and mouse",
    .size      = sizeof(I8042),
    .regs      = WINDOWS(REG_WINDOW("data", data_regs, 1, ACCESS_ANY),
                         REG_WINDOW("command", command_regs, 1, ACCESS_ANY)),
    .irqs      = IRQS(I8042, kbd, mouse, a20, reset),
    .state     = STATE(PS2_STATE(I8042, keyboard), PS2_STATE(I8042, aux),
                       STATE_TIMER(I8042, cable), STATE_ARRAY(U8, I8042, ram),
                       STATE_U8(I8042, output), STATE_U8(I8042, out_port),
                       STATE_U8(I8042, argument_of), STATE_BOOL(I8042, full),
                       STATE_BOOL(I8042, from_aux), STATE_BOOL(I8042, last_was_command),
                       STATE_BOOL(I8042, key_up)),
    .realize   = i8042_realize,
    .reset     = i8042_reset,
    .unrealize = i8042_unrealize,
    .loaded    = i8042_loaded,
};
