/* SPDX-License-Identifier: MIT */
/*
 * The AT's DMA channels, for devices on the ISA bus.  Such a device links the controller ("dma"), hangs
 * a function on its channel in realize, and drives its request line.  Whenever the request is up and the
 * channel is open the function runs; it moves what it has, and may take the request down.
 *
 *     i8237_attach(s->dma, 2, move_data, s);
 *     i8237_request(s->dma, 2, true);
 *     n = i8237_to_memory(s->dma, 2, buf, len, &tc);      from move_data()
 */
#pragma once
#include "system/device.h"

void i8237_attach(Device *dma, unsigned channel, void (*run)(void *opaque), void *opaque);
void i8237_request(Device *dma, unsigned channel, bool level);
/* Bytes moved: fewer than len when the channel is closed, set the other way, or its count ran out;
 * the latter is a terminal count. */
size_t i8237_to_memory(Device *dma, unsigned channel, const void *buf, size_t len, bool *tc);
size_t i8237_from_memory(Device *dma, unsigned channel, void *buf, size_t len, bool *tc);
