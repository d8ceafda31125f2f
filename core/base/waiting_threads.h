// How long a thread that waits for work keeps its core busy.
#pragma once

namespace maskwright {

// Lets the threads of LibTorch's libraries sleep soon. They wait in the hope of work: libgomp's for 300,000 rounds, 10
// ms at the 35 ns that a round takes on an AMD EPYC, OpenBLAS' for 2^26 ticks, 25 ms. The two have threads of their
// own, so on a few cores the waiting ones of one library take the cores from the working ones of the other, and from
// every other program. libgomp gets the 1,000 rounds that it takes itself where it knows of more threads than cores,
// OpenBLAS 2^17 ticks; either is enough for the gap between two operators. For the beginning of main(), in a program
// that loads them later: the libraries read the environment when they are loaded. What the user has set stays.
// Whether anything was set.
bool letWaitingThreadsSleep();
// The same for a program that was loaded with them (OpenCV brings them): it is run again with what was set, in its own
// process, which takes as long as loading it. Returns where nothing was to set, or it cannot be run again. `argv` as
// main() has it.
void letLoadedWaitingThreadsSleep(char* const* argv);

}  // namespace maskwright
