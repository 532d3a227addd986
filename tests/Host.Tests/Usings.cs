global using Recourse.Runtime;
