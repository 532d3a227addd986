return await Recourse.Benchmarks.Bench.Run(args);
