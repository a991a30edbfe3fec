/* SPDX-License-Identifier: MIT */
/*
 * Between the files that read a device's tables: device.c, regs.c, props.c, state.c.
 */
#pragma once
#include <inttypes.h>
#include "system/device.h"

/* A field of a device's struct. */
static inline void *device_field(const Device *dev, uint32_t offset)
{
    return (uint8_t *)(void *)dev + offset;
}

/* regs.c */
bool device_windows_make(Device *dev, GError **err);
void device_windows_free(Device *dev);

static inline unsigned reg_width(const RegDef *r)
{
    return r->width ? r->width : 4;
}

static inline unsigned reg_count(const RegDef *r)
{
    return r->count ? r->count : 1;
}

static inline unsigned reg_stride(const RegDef *r)
{
    return r->stride ? r->stride : reg_width(r);
}

/* props.c */
void device_props_init(Device *dev);
bool device_props_check(Device *dev, GError **err);

/* state.c: FIFOs with a depth in the table are made; timers are cancelled and FIFOs freed. */
void device_state_make(Device *dev);
void device_state_free(Device *dev);
