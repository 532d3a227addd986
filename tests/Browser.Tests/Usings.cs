global using Microsoft.Playwright;
global using Shouldly;
global using Xunit;

// One server and one browser for all of them, and figures of time that other tests would spoil.
[assembly: AssemblyFixture(typeof(Recourse.Tests.TheDemo))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
